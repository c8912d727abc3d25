"""Addresses of the desk outside the admin."""

from __future__ import annotations

from django.urls import path

from portal.desk.views.previews import show_draft

urlpatterns = [path("preview/<str:token>/", show_draft, name="preview")]
