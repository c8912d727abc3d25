"""The one verb that moves a submission, and the buttons: both read the table of `procedure`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from portal.core.text import normalise_text
from portal.intake.models.drafts import new_token
from practices.domain import telling, terms
from practices.domain.effects import Step
from practices.domain.errors import TransitionError
from practices.domain.procedure import TABLE, Transition
from practices.models import PracticeSubmission, SubmissionRecord

WORDS_LENGTH = 2000


@dataclass(frozen=True)
class Offer:
    """An action as a button for one person; `refusal` says why it cannot be pressed now."""

    action: str
    label: str
    target: str
    words: str
    hint: str
    at_desk: bool
    refusal: str = ""


def available_actions(submission: Any, user: Any) -> list[Offer]:
    """Return what `user` may do with `submission` in its status, in the order of the table: buttons, form choices and
    the check of a POST read this."""
    return [
        Offer(row.action, row.label, row.target, row.words, row.hint, row.at_desk, _refusal(row, submission))
        for row in TABLE
        if submission.status in row.sources
        and row.when(submission)
        and row.who is not None
        and row.who(user, submission)
    ]


def perform(
    submission: PracticeSubmission,
    action: str,
    *,
    actor: Any,
    comment: str = "",
    token: str | None = None,
    **details: Any,
) -> PracticeSubmission:
    """Move `submission` by `action` in one transaction: lock, check the person, the status and what must hold, change,
    write the history, tell people. Return the submission as it is now.

    `actor` None is the portal itself, by a term. `token` is the one-time token of the form: pressed twice, the action is
    done once and the second press gets the same submission; a token of an older form is refused. Details: `remarks`
    (return_for_revision), `revision` (send_text). Raises PermissionDenied for the wrong person and
    TransitionError, a sentence, for the wrong state, a lack or missing words.
    """
    with transaction.atomic():
        held = locked(submission)
        _check_person(held, action, actor)
        if token is not None and held.records.filter(token=token, action=action).exists():
            return held
        row = _row(held, action, actor)
        words = normalise_text(comment)[:WORDS_LENGTH]
        if row.words and not words:
            raise TransitionError(f"Нужны слова: {row.words[0].lower()}{row.words[1:]}.")
        if token is not None and token != held.send_token:
            raise TransitionError("Эта страница открыта давно, с тех пор заявка изменилась. Откройте её заново.")
        if refusal := _refusal(row, held):
            raise TransitionError(refusal)
        _move(held, row, Step(held, action, held.status, actor, words, timezone.now(), details), token or "")
    return held


def locked(submission: PracticeSubmission) -> PracticeSubmission:
    """Return the row as it is now, locked until the transaction ends."""
    held: PracticeSubmission = (
        PracticeSubmission.objects.select_for_update(of=("self",))
        .select_related("organisation", "consent")
        .get(pk=submission.pk)
    )
    return held


def _check_person(held: Any, action: str, actor: Any) -> None:
    rows = [row for row in TABLE if row.action == action]
    if not rows:
        raise TransitionError("Такого действия нет.")
    if not any(_may(row, actor, held) for row in rows):
        raise PermissionDenied


def _may(row: Transition, actor: Any, held: Any) -> bool:
    if actor is None:
        return row.by_portal or row.who is None
    return row.who is not None and row.who(actor, held)


def _row(held: Any, action: str, actor: Any) -> Transition:
    """Return the row that applies; the status is told in a sentence when there is none."""
    rows = [row for row in TABLE if row.action == action and held.status in row.sources and row.when(held)]
    for row in rows:
        if _may(row, actor, held):
            return row
    if rows:
        raise PermissionDenied
    label = next(row.label for row in TABLE if row.action == action)
    raise TransitionError(f"«{label}» сейчас сделать нельзя: заявка в состоянии «{held.public_status}».")


def _refusal(row: Transition, submission: Any) -> str:
    return next((words for check in row.ready if (words := check(submission))), "")


def _move(held: Any, row: Transition, step: Step, token: str) -> None:
    changed = {"status", "status_since", "due_at", "send_token"}
    for effect in row.effects:
        changed |= set(effect(step))
    held.status, held.status_since = row.target, step.now
    held.due_at = terms.due_of(row.target, step.now)
    held.send_token = new_token()
    held.save(update_fields=sorted(changed))
    SubmissionRecord.objects.create(
        submission=held,
        action=row.action,
        source=step.source,
        target=row.target,
        comment=step.comment,
        details=step.told,
        actor=step.actor,
        at=step.now,
        token=token,
    )
    telling.tell_notes(row.letters, step)
