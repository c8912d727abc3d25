"""Public addresses of the bank beside its pages; all stand above the page tree."""

from __future__ import annotations

from django.urls import path, re_path

from portal.core.pagecache import public_page
from practices.feeds import PracticeFeed
from practices.views import badge, collections, downloads, submit

urlpatterns = [
    path("practices/collections/", public_page(collections.collection_index), name="practice_collections"),
    path("practices/levels/", public_page(collections.levels), name="practice_levels"),
    path("practices/submit/", public_page(submit.submit), name="practice_submit"),
    path("practices/submit/form.docx", submit.blank, name="practice_blank"),
    path("practices/feed/", public_page(PracticeFeed()), name="practice_feed"),
    path("practices/export.<slug:fmt>", downloads.export, name="practice_export"),
    path("practices/<slug:slug>/badge.svg", badge.badge, name="practice_badge"),
    re_path(r"^practices/(?P<slug>[-\w]+)/passport\.(?P<kind>pdf|docx)$", downloads.passport, name="practice_passport"),
]
