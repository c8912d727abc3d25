"""Addresses of files. They stand above Wagtail's own of documents, which its pages keep on making."""

from __future__ import annotations

from django.urls import path, re_path

from portal.files import views

urlpatterns = [
    path("media/<path:path>", views.rendition, name="media"),
    re_path(r"^files/([0-9]{1,18})/(.*)$", views.document, name="document"),
]
