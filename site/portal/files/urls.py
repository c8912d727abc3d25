"""Address of scaled pictures; documents stand at /files/ by Wagtail's own addresses."""

from __future__ import annotations

from django.urls import path

from portal.files import views

urlpatterns = [path("media/<path:path>", views.rendition, name="media")]
