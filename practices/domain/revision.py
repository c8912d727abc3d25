"""The author's side of a revision: an answer to every remark, and what has changed since the last sending."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from portal.core.text import normalise_text
from portal.intake.enums import RemarkAnswer
from portal.intake.forms.spec import Field
from portal.intake.forms.words import in_words
from practices.domain.comparing import Change, compared
from practices.domain.conditions import remarks_of_round
from practices.domain.errors import TransitionError
from practices.domain.history import write_down
from practices.domain.transitions import locked
from practices.enums import SubmissionStatus
from practices.form_spec import PRACTICE_FORM
from practices.models import PracticeSubmission, SubmissionRemark
from practices.rules import can_send, closed_words

ANSWER_LENGTH = 2000


def answer_remark(
    submission: PracticeSubmission, remark_id: int, *, actor: Any, answer: str, text: str = ""
) -> SubmissionRemark:
    """Answer one remark of the revision that goes on: mended, or the words why not; an answer may be changed.

    Raises PermissionDenied for who does not write the submission, TransitionError in words when there is no revision,
    its term is over, the remark is of an earlier round, or «не согласны» comes without words.
    """
    with transaction.atomic():
        held = locked(submission)
        if not can_send(actor, held):
            raise PermissionDenied
        if held.status != SubmissionStatus.REVISION:
            raise TransitionError("Ответить на замечания можно, только пока заявка на доработке.")
        if words := closed_words(held):
            raise TransitionError(words)
        remark = next((one for one in remarks_of_round(held) if one.pk == remark_id), None)
        if remark is None:
            raise TransitionError("Этого замечания нет в текущем круге доработки.")
        said = normalise_text(text)[:ANSWER_LENGTH]
        if answer not in RemarkAnswer.values:
            raise TransitionError("Отметьте «исправлено» или «не согласны».")
        if answer == RemarkAnswer.DISAGREE and not said:
            raise TransitionError("Напишите, почему не согласны: без слов редакция не поймёт.")
        before = {"answer": remark.answer, "text": remark.answer_text}
        remark.answer, remark.answer_text = answer, said
        remark.answered_by, remark.answered_at = actor, timezone.now()
        remark.save(update_fields=["answer", "answer_text", "answered_by", "answered_at"])
        now = {"answer": answer, "text": said}
        write_down(held, "answer_remark", actor, remark=remark.pk, was=before, now=now)
    return remark


def changes_since_last(submission: PracticeSubmission) -> list[Change]:
    """Return what differs by field: between the last two sendings, or, in a revision, between the last sending and the
    text as it is. One query for the snapshots."""
    sent = list(submission.snapshots.filter(reason__in=["sent", "resent"]).order_by("-taken_at", "-pk")[:2])
    if submission.status == SubmissionStatus.REVISION and sent:
        return differences(sent[0].answers, PRACTICE_FORM.answers(submission))
    return differences(sent[1].answers, sent[0].answers) if len(sent) == 2 else []


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Return the fields whose answers read otherwise, in the order of the form."""
    found = []
    for field in PRACTICE_FORM.fields:
        old, new = _said(field, before), _said(field, after)
        if old != new:
            found.append(Change(field.name, field.label, tuple(compared(old, new))))
    return found


def _said(field: Field, answers: Mapping[str, Any]) -> str:
    return in_words(field, answers.get(field.name, field.blank))
