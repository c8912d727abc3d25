"""Public addresses of the bank beside its pages; all stand above the page tree."""

from __future__ import annotations

from django.urls import path, re_path

from portal.core.pagecache import public_page
from practices.feeds import PracticeFeed
from practices.form_spec import PRACTICE_FORM
from practices.views import collections, downloads, submission_check
from practices.views.submission_form import PracticeStepSaveView, PracticeStepView

# A draft stands at cabinet/practices/<public id>/; keys of the steps are told one by one, so that other addresses fit in.
_DRAFT = r"^cabinet/practices/(?P<public_id>[0-9a-f]{16})"
_STEP = f"(?P<step>{'|'.join(step.key for step in PRACTICE_FORM.steps if step.fields)})"

urlpatterns = [
    path("practices/collections/", public_page(collections.collection_index), name="practice_collections"),
    path("practices/levels/", public_page(collections.levels), name="practice_levels"),
    path("practices/feed/", public_page(PracticeFeed()), name="practice_feed"),
    path("practices/export.<slug:fmt>", downloads.export, name="practice_export"),
    re_path(r"^practices/(?P<slug>[-\w]+)/passport\.(?P<kind>pdf|docx)$", downloads.passport, name="practice_passport"),
    # Private: never kept by any cache
    re_path(rf"{_DRAFT}/{_STEP}/$", PracticeStepView.as_view(), name="practice_step"),
    re_path(rf"{_DRAFT}/{_STEP}/save/$", PracticeStepSaveView.as_view(), name="practice_step_save"),
    re_path(rf"{_DRAFT}/(?P<step>check)/$", submission_check.check, name="practice_step"),
]
