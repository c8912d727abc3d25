"""Writing the answers of a submission: the verb of its form."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied

from portal.intake.domain.saving import Change, Saved, save_changes
from practices.form_spec import PRACTICE_FORM
from practices.models import PracticeSubmission
from practices.rules import can_edit_submission, place_of, remember_place


def open_fields(submission: PracticeSubmission) -> frozenset[str]:
    """Return the names of the fields that may be changed: in a revision those the office opened, else all."""
    return frozenset(submission.open_fields or PRACTICE_FORM.by_name)


def save_answers(
    submission: PracticeSubmission, changes: Iterable[Change], *, actor: Any, step: str, page: str = ""
) -> Saved:
    """Write the changes that `actor` made on a page of the form; see `save_changes` for conflicts and what is returned.

    Raises PermissionDenied when `actor` may not edit the submission now, or a field is closed in this revision.
    """
    wanted = list(changes)
    if {change.question.name for change in wanted} - open_fields(submission):
        raise PermissionDenied

    def allowed(locked: PracticeSubmission) -> bool:
        remember_place(actor, locked, place_of(actor, submission))
        return can_edit_submission(actor, locked)

    return save_changes(
        submission, wanted, store=PRACTICE_FORM.store, actor=actor, step=step, page=page, allowed=allowed
    )
