"""Public addresses of the bank beside its pages; all stand above the page tree."""

from __future__ import annotations

from django.urls import path, re_path
from django.views.decorators.cache import never_cache

from portal.core.pagecache import public_page
from practices.feeds import PracticeFeed
from practices.form_spec import PRACTICE_FORM
from practices.views import (
    badge,
    collections,
    downloads,
    draft_texts,
    submission_actions,
    submission_authors,
    submission_check,
    submission_colleagues,
    submission_files,
    submission_list,
    submission_status,
    submission_text,
    submit,
)
from practices.views.submission_form import PracticeStepSaveView, PracticeStepView

# A draft stands at cabinet/practices/<public id>/; keys of the steps are told one by one, so that other addresses fit in.
_DRAFT = r"^cabinet/practices/(?P<public_id>[0-9a-f]{16})"
_STEP = f"(?P<step>{'|'.join(step.key for step in PRACTICE_FORM.steps if step.fields)})"

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

_ONE = "cabinet/practices/<slug:public_id>/"
# Private: views forbid caching themselves. They stand above the steps of the form, whose keys are words as well.
urlpatterns += [
    path("cabinet/practices/", submission_list.submissions, name="practice_submissions"),
    path("cabinet/practices/new/", submission_list.NewSubmissionView.as_view(), name="practice_submission_new"),
    path("cabinet/practices/pages/<int:pk>/confirm/", submission_text.ConfirmView.as_view(), name="practice_confirm"),
    path("cabinet/practices/pages/<int:pk>/update/", submission_text.begin_update, name="practice_update"),
    path("cabinet/practices/drafts.txt", draft_texts.drafts_text, name="practice_drafts_text"),
    path(_ONE, submission_status.status, name="practice_submission"),
    path(f"{_ONE}text/", submission_text.TextView.as_view(), name="practice_text"),
    path(f"{_ONE}do/<slug:action>/", submission_actions.ActionView.as_view(), name="practice_submission_do"),
    path(f"{_ONE}remarks/", submission_status.answer, name="practice_submission_remarks"),
    path(f"{_ONE}messages/", submission_status.message, name="practice_submission_message"),
    path(f"{_ONE}receipt/", submission_actions.receipt, name="practice_submission_receipt"),
    path(f"{_ONE}receipt.pdf", submission_actions.receipt_pdf, name="practice_submission_pdf"),
    path(f"{_ONE}versions/<int:number>/", submission_actions.version, name="practice_submission_version"),
    path(f"{_ONE}again/", submission_actions.again, name="practice_submission_again"),
    path(f"{_ONE}delete/", submission_actions.DeleteDraftView.as_view(), name="practice_submission_delete"),
    path("practices/author-consent/<str:token>/", never_cache(submission_authors.answer), name="author_consent"),
    path(f"{_ONE}files/add/", submission_files.add, name="submission_file_add"),
    path(f"{_ONE}files/<uuid:file_id>/", never_cache(submission_files.show), name="submission_file"),
    path(f"{_ONE}files/<uuid:file_id>/remove/", submission_files.remove, name="submission_file_remove"),
    path(f"{_ONE}files/<uuid:file_id>/rename/", submission_files.rename, name="submission_file_rename"),
    path(f"{_ONE}files/<uuid:file_id>/move/<str:way>/", submission_files.move, name="submission_file_move"),
    path(f"{_ONE}authors/<str:author>/ask/", submission_authors.ask, name="submission_author_ask"),
    path(f"{_ONE}authors/<str:author>/paper/", submission_authors.paper, name="submission_author_paper"),
    path(f"{_ONE}consents/withdraw/", submission_authors.withdraw_own, name="submission_consent_withdraw"),
    path(f"{_ONE}colleagues/", submission_colleagues.people, name="practice_colleagues"),
    path(f"{_ONE}colleagues/<int:pk>/end/", submission_colleagues.end, name="practice_colleague_end"),
    path("cabinet/practices/invitation/<str:token>/", submission_colleagues.invitation, name="practice_invitation"),
    re_path(rf"{_DRAFT}/{_STEP}/$", PracticeStepView.as_view(), name="practice_step"),
    re_path(rf"{_DRAFT}/{_STEP}/save/$", PracticeStepSaveView.as_view(), name="practice_step_save"),
    re_path(rf"{_DRAFT}/(?P<step>check)/$", submission_check.check, name="practice_step"),
]
