"""Public addresses of the bank beside its pages; all stand above the page tree."""

from __future__ import annotations

from django.urls import path, re_path

from portal.core.pagecache import public_page
from practices.feeds import PracticeFeed
from practices.views import collections, downloads

urlpatterns = [
    path("practices/collections/", public_page(collections.collection_index), name="practice_collections"),
    path("practices/levels/", public_page(collections.levels), name="practice_levels"),
    path("practices/feed/", public_page(PracticeFeed()), name="practice_feed"),
    path("practices/export.<slug:fmt>", downloads.export, name="practice_export"),
    re_path(r"^practices/(?P<slug>[-\w]+)/passport\.(?P<kind>pdf|docx)$", downloads.passport, name="practice_passport"),
]
