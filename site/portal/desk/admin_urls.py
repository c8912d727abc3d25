"""Addresses of the desk inside the admin."""

from __future__ import annotations

from typing import Any

from django.urls import path

from portal.desk.views import previews, reports, trash

_LISTS: list[tuple[str, Any]] = [
    ("desk/returned/", reports.ReturnedPages),
    ("desk/drafts/", reports.DraftPages),
    ("desk/appointed/", reports.AppointedPages),
    ("desk/refused/", reports.RefusedPages),
    ("reports/without-topic/", reports.PagesWithoutTopic),
    ("reports/missing-alt/", reports.MissingAlt),
    ("reports/broken-links/", reports.BrokenLinks),
    ("reports/scans/", reports.ScannedDocuments),
]

urlpatterns = [
    *(path(route, view.as_view(), name=view.index_url_name) for route, view in _LISTS),
    *(
        path(f"{route}results/", view.as_view(results_only=True), name=view.index_results_url_name)
        for route, view in _LISTS
    ),
    path("trash/", trash.TrashView.as_view(), name="trash"),
    path("trash/empty/", trash.empty, name="trash_empty"),
    path("trash/<int:pk>/restore/", trash.restore, name="trash_restore"),
    path("trash/<int:pk>/delete/", trash.delete_forever, name="trash_delete"),
    path("preview-links/<int:page_id>/", previews.links_of_page, name="preview_links"),
    path("preview-links/<int:pk>/revoke/", previews.revoke, name="preview_revoke"),
]
