"""What the office does beside moving a submission: who leads it, the checklist, terms, and words with the author."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from portal.core import moments
from portal.core.text import normalise_text
from portal.intake.domain import windows
from portal.intake.models import IntakeExtension, IntakeWindow
from practices.domain.audiences import Audience
from practices.domain.checklist import cleaned_checklist
from practices.domain.errors import TransitionError
from practices.domain.history import write_down
from practices.domain.telling import tell_people, tell_sides
from practices.domain.transitions import locked
from practices.enums import SubmissionStatus
from practices.models import PracticeSubmission, SubmissionMessage
from practices.rules import can_decide, can_write_message, is_office

MESSAGE_LENGTH = 4000


def assign_moderator(
    submission: PracticeSubmission, *, actor: Any, moderator: Any, seen: str | None = None
) -> PracticeSubmission:
    """Give the submission to a moderator, or to nobody (None). Letters of the office go to that person alone.

    `seen` is the key of who led it when the actor looked, blank for nobody; None: whoever it was. Raises PermissionDenied
    when `actor` may not decide on it, TransitionError when `moderator` may not or another colleague leads it by now.
    """
    with transaction.atomic():
        held = _held_by_office(submission, actor)
        if moderator is not None and not can_decide(moderator, held):
            raise TransitionError("Заявку может вести модератор, который не состоит в её организации.")
        if seen is not None and seen != str(held.moderator_id or ""):
            who = held.moderator.get_full_name() if held.moderator else "никто"
            raise TransitionError(f"Пока страница была открыта, ведущего сменили. Сейчас заявку ведёт {who}.")
        before, held.moderator = held.moderator_id, moderator
        held.save(update_fields=["moderator"])
        write_down(held, "assign", actor, was=before, now=moderator.pk if moderator else None)
        if moderator is not None and moderator.pk != actor.pk:
            tell_people(held, [moderator], "practice_assigned")
    return held


def save_checklist(submission: PracticeSubmission, *, actor: Any, values: Mapping[str, Any]) -> PracticeSubmission:
    """Keep the lines of the formal check: True, False, or None for one not looked at; unknown lines are dropped.

    Raises PermissionDenied, and TransitionError outside the formal check.
    """
    with transaction.atomic():
        held = _held_by_office(submission, actor)
        if held.status != SubmissionStatus.FORMAL_CHECK:
            raise TransitionError("Формальная проверка этой заявки не идёт.")
        before, held.checklist = held.checklist, cleaned_checklist({**held.checklist, **values})
        if before != held.checklist:
            held.save(update_fields=["checklist"])
            changed: dict[str, Any] = {
                line: [before.get(line), now] for line, now in held.checklist.items() if before.get(line) != now
            }
            write_down(held, "checklist", actor, **changed)
    return held


def extend_term(submission: PracticeSubmission, *, actor: Any, until: datetime, reason: str) -> PracticeSubmission:
    """Move the term of the status the submission is in; the author is told, the journal keeps why.

    Raises PermissionDenied, and TransitionError in words: no reason, no term, or an end that is not later.
    """
    words = normalise_text(reason)
    with transaction.atomic():
        held = _held_by_office(submission, actor)
        if not words:
            raise TransitionError("Напишите, почему срок продлён: это останется в журнале.")
        if held.due_at is None:
            raise TransitionError(f"В состоянии «{held.public_status}» срока нет.")
        if until <= max(held.due_at, timezone.now()):
            raise TransitionError(
                f"Новый срок должен быть позже прежнего и ещё впереди: {moments.deadline(held.due_at)}."
            )
        before, held.due_at = held.due_at, until
        held.save(update_fields=["due_at"])
        write_down(held, "extend", actor, comment=words, was=before.isoformat(), now=until.isoformat())
        tell_sides(held, [Audience.AUTHOR, Audience.HEAD], "practice_extended", {"words": words}, actor)
    return held


def extend_intake(
    submission: PracticeSubmission, window: IntakeWindow, *, actor: Any, until: datetime, reason: str
) -> IntakeExtension:
    """Open a window longer for the organisation of the submission, which may be its draft: the text is not read.

    Raises PermissionDenied for who is not of the office and TransitionError in words (see `windows.extend`).
    """
    if not is_office(actor):
        raise PermissionDenied
    with transaction.atomic():
        held = locked(submission)
        try:
            given = windows.extend(window, held.organisation, until=until, reason=normalise_text(reason), actor=actor)
        except ValueError as error:
            raise TransitionError(str(error)) from error
        write_down(held, "extend_intake", actor, comment=given.reason, now=until.isoformat())
        context = {"words": given.reason, "until": moments.deadline(until)}
        tell_sides(held, [Audience.AUTHOR, Audience.HEAD], "practice_extended", context, actor)
    return given


def write_message(
    submission: PracticeSubmission, *, actor: Any, text: str, internal: bool = False
) -> SubmissionMessage:
    """Write into the thread; the other side gets a letter. An internal note is the office's alone and tells nobody.

    Raises PermissionDenied (an internal note of who is not of the office too) and TransitionError without words.
    """
    with transaction.atomic():
        held = locked(submission)
        if not can_write_message(actor, held) or (internal and not can_decide(actor, held)):
            raise PermissionDenied
        words = normalise_text(text)[:MESSAGE_LENGTH]
        if not words:
            raise TransitionError("Сообщение пустое.")
        message = SubmissionMessage.objects.create(submission=held, text=words, internal=internal, written_by=actor)
        if not internal:
            others = [Audience.AUTHOR, Audience.HEAD] if can_decide(actor, held) else [Audience.OFFICE]
            who = "Редакция портала" if can_decide(actor, held) else actor.get_full_name() or "Автор"
            tell_sides(held, others, "practice_message", {"words": words, "who": who}, actor)
    return message


def _held_by_office(submission: PracticeSubmission, actor: Any) -> PracticeSubmission:
    held = locked(submission)
    if held.sent_at is None or not can_decide(actor, held):
        raise PermissionDenied
    return held
