"""Addresses of the core that are the same for everybody."""

from __future__ import annotations

from django.urls import path

from portal.core import consent_views, views
from portal.core.pagecache import public_page

urlpatterns = [
    path("vision-panel/", public_page(views.vision_panel), name="vision_panel"),
    path("consents/", consent_views.consent_texts, name="consent_texts"),
    path("consents/<slug:purpose>/<int:version>/", consent_views.consent_text, name="consent_text"),
]
