"""Public addresses of the bank beside its pages; all stand above the page tree."""

from __future__ import annotations

from django.urls import path, re_path
from django.views.decorators.cache import never_cache

from portal.core.pagecache import public_page
from practices.feeds import PracticeFeed
from practices.views import collections, downloads, submission_authors, submission_files

urlpatterns = [
    path("practices/collections/", public_page(collections.collection_index), name="practice_collections"),
    path("practices/levels/", public_page(collections.levels), name="practice_levels"),
    path("practices/feed/", public_page(PracticeFeed()), name="practice_feed"),
    path("practices/export.<slug:fmt>", downloads.export, name="practice_export"),
    # Private: of one organisation, or behind a one-time link
    path("practices/author-consent/<str:token>/", never_cache(submission_authors.answer), name="author_consent"),
    *(
        path(f"cabinet/practices/<slug:public_id>/{address}/", never_cache(view), name=name)
        for address, view, name in (
            ("files/add", submission_files.add, "submission_file_add"),
            ("files/<uuid:file_id>", submission_files.show, "submission_file"),
            ("files/<uuid:file_id>/remove", submission_files.remove, "submission_file_remove"),
            ("files/<uuid:file_id>/rename", submission_files.rename, "submission_file_rename"),
            ("files/<uuid:file_id>/move/<str:way>", submission_files.move, "submission_file_move"),
            ("authors/<str:author>/ask", submission_authors.ask, "submission_author_ask"),
            ("authors/<str:author>/paper", submission_authors.paper, "submission_author_paper"),
            ("consents/withdraw", submission_authors.withdraw_own, "submission_consent_withdraw"),
        )
    ),
    re_path(r"^practices/(?P<slug>[-\w]+)/passport\.(?P<kind>pdf|docx)$", downloads.passport, name="practice_passport"),
]
