"""Addresses of the portal. Public ones come first, then private ones, then the page tree."""

from __future__ import annotations

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from portal.core.health import healthz

handler400 = "portal.core.views.bad_request"
handler500 = "portal.core.views.server_error"

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("", include("portal.core.urls")),
    path("", include("practices.urls")),
    path("", include("contests.urls")),
    path("", include("portal.documents.urls")),
    path("", include("events.urls")),
    path("", include("portal.roadmap.urls")),
    path("", include("portal.news.urls")),
    path("", include("portal.subscriptions.urls")),
    path("", include("portal.home.urls")),
    path("", include("search.pages.urls")),
    path("", include("portal.directory.urls")),
    path("", include("portal.api.urls")),
    path("", include("portal.opendata.urls")),
    path("", include("portal.desk.urls")),
    path("", include("portal.vocabularies.urls")),  # above the admin: one of its addresses is answered here
    path("", include("portal.organisations.urls")),
    path("", include("portal.cabinet.urls")),
    path("", include("portal.mailing.urls")),
    path("accounts/", include("portal.accounts.urls")),
    path("admin/", include("portal.accounts.admin_urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("", include("portal.files.urls")),
    path("files/", include(wagtaildocs_urls)),
    path("", include(wagtail_urls)),
]
