"""Addresses of the core that are the same for everybody."""

from __future__ import annotations

from django.urls import path

from portal.core import consent_views

urlpatterns = [
    path("consents/", consent_views.consent_texts, name="consent_texts"),
    path("consents/<slug:purpose>/<int:version>/", consent_views.consent_text, name="consent_text"),
]
