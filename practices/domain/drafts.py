"""Beginning a submission, taking a new draft from an old one, and deleting a draft."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from portal.core import moments
from portal.intake.enums import FieldType
from portal.intake.forms.spec import Field
from portal.organisations.models import Organisation
from portal.organisations.rules import is_member
from practices.domain.errors import TransitionError
from practices.domain.transitions import locked
from practices.enums import SubmissionStatus
from practices.form_spec import PRACTICE_FORM
from practices.form_spec.readings import READINGS
from practices.models import PracticePage, PracticeSubmission, SubmissionRecord
from practices.rules import can_delete_draft, is_team

AGAIN_AFTER = dt.timedelta(days=30)  # a refused practice may be sent anew
# Files stay with what was sent; consents and statements are given anew.
_NOT_COPIED = {FieldType.FILES, FieldType.CONSENTS, FieldType.CHECKBOX, FieldType.REFERENCE}


def start_draft(user: Any, *, organisation: Organisation, updates: PracticePage | None = None) -> PracticeSubmission:
    """Begin a draft of `organisation` and return it; `updates` is the published practice whose text it will replace.

    Raises PermissionDenied when `user` is not of the organisation, or the practice is another organisation's.
    """
    if not is_member(user, organisation.pk) or (updates is not None and updates.organisation_id != organisation.pk):
        raise PermissionDenied
    now = timezone.now()
    with transaction.atomic():
        submission = PracticeSubmission.objects.create(
            organisation=organisation,
            municipality=organisation.municipality,
            city_district=organisation.city_district,
            updates=updates,
            created_by=user,
            created_at=now,
            changed_by=user,
            changed_at=now,
            status_since=now,
            is_demo=organisation.is_demo,
        )
        PRACTICE_FORM.prefill(submission)
        SubmissionRecord.objects.create(
            submission=submission, action="start", target=submission.status, actor=user, at=now
        )
    return submission


def start_again(submission: PracticeSubmission, *, actor: Any) -> PracticeSubmission:
    """Begin a new draft with the answers of a submission that was refused or withdrawn; files are not copied.

    Raises PermissionDenied for who is not of its organisation and TransitionError while it may not begin yet.
    """
    organisation = submission.organisation
    if organisation is None or not is_member(actor, organisation.pk):
        raise PermissionDenied
    if words := waits_to_start_again(submission):
        raise TransitionError(words)
    with transaction.atomic():
        draft = start_draft(actor, organisation=organisation, updates=submission.updates)
        answers = {
            PRACTICE_FORM.by_name[name]: value
            for name, value in PRACTICE_FORM.answers(submission).items()
            if _is_copied(PRACTICE_FORM.by_name[name])
        }
        columns = PRACTICE_FORM.store.write(draft, answers)
        draft.save(update_fields=list(columns))
        SubmissionRecord.objects.filter(submission=draft, action="start").update(
            details={"from": submission.number or submission.public_id}
        )
    return draft


def _is_copied(field: Field) -> bool:
    return not field.fixed and field.type not in _NOT_COPIED and field.name not in READINGS


def waits_to_start_again(submission: PracticeSubmission) -> str:
    """Return why a new draft cannot be begun from it yet, as a sentence; an empty string when it can."""
    if submission.status not in {SubmissionStatus.REJECTED, SubmissionStatus.WITHDRAWN}:
        return "Новый черновик начинают из отклонённой или отозванной заявки."
    if submission.status == SubmissionStatus.REJECTED and submission.status_since is not None:
        free = submission.status_since + AGAIN_AFTER
        if timezone.now() < free:
            return f"Новую заявку по этой практике можно начать {moments.day(timezone.localdate(free))}."
    return ""


def delete_draft(submission: PracticeSubmission, *, actor: Any) -> None:
    """Delete a draft for good, with its files. Raises PermissionDenied and TransitionError (it has been sent)."""
    with transaction.atomic():
        held = locked(submission)
        if not can_delete_draft(actor, held):
            if is_team(actor, held) and held.status != SubmissionStatus.DRAFT:
                raise TransitionError("Удалить можно только черновик. Отправленную заявку отзывают.")
            raise PermissionDenied
        files = [attachment.file for attachment in held.attachments.all()]
        held.delete()
        for file in files:
            transaction.on_commit(partial(file.storage.delete, str(file.name)))
