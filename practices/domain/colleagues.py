"""Colleagues invited to one submission: to read it or to write it, until the invitation is ended."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from portal.core import limits, moments
from portal.core.letters import queue_letter
from portal.core.notify import tell
from portal.intake.enums import CollaboratorRole
from portal.organisations.rules import is_member
from practices.domain.history import write_down
from practices.models import PracticeSubmission, SubmissionCollaborator
from practices.rules import can_invite

TERM = timedelta(days=14)  # of a link in a letter
MOST_OF_SUBMISSION = 20  # colleagues at a time
MOST_LETTERS = 3  # to one mailbox in a day
_DAY = 24 * 3600
GONE = "Приглашение уже не действует: на него ответили, доступ закрыли или срок истёк. Попросите прислать новое."


def colleagues_of(submission: PracticeSubmission) -> list[SubmissionCollaborator]:
    """Return who is invited now, in the order of invitations."""
    found = submission.collaborators.filter(ended_at=None).select_related("user", "invited_by")
    return list(found.order_by("invited_at", "pk"))


@transaction.atomic
def invite(submission: PracticeSubmission, email: str, role: str, *, actor: Any) -> SubmissionCollaborator:
    """Invite the owner of a mailbox by a letter with a one-time link; one who is invited gets the new role, and a new
    link while there is no answer yet.

    The answer is the same whether the mailbox has an account or not. Raises PermissionDenied for whoever may not invite
    and ValidationError in words: a member needs no invitation, too many colleagues, too many letters.
    """
    locked = _lock(submission, actor)
    email = email.strip().lower()
    members = locked.organisation.memberships.active() if locked.organisation else None
    if members is not None and members.filter(user__email=email).exists():
        raise ValidationError("Этот человек из вашей организации: черновик ему уже открыт.")
    record = locked.collaborators.filter(email=email, ended_at=None).first()
    if record is None and locked.collaborators.filter(ended_at=None).count() >= MOST_OF_SUBMISSION:
        raise ValidationError(f"Пригласить можно не больше {MOST_OF_SUBMISSION} человек. Закройте доступ лишним.")
    record = record or SubmissionCollaborator(submission=locked, email=email)
    record.role = CollaboratorRole(role)
    if record.accepted_at is not None:
        record.save(update_fields=["role"])
    else:
        _send(record, actor)
    write_down(locked, "invite_colleague", actor, email=email, role=role)
    return record


def find_by_token(token: str) -> SubmissionCollaborator | None:
    """Return the open invitation behind a link; None for a made-up, answered, ended or old one."""
    found = SubmissionCollaborator.objects.filter(
        token_digest=_digest(token), accepted_at=None, ended_at=None, invited_at__gt=timezone.now() - TERM
    )
    return found.select_related("submission__organisation", "invited_by").first()


def is_to(record: SubmissionCollaborator, user: Any) -> bool:
    """Tell whether the invitation was sent to a confirmed mailbox of `user`."""
    return bool(user.emailaddress_set.filter(email=record.email, verified=True).exists())


@transaction.atomic
def accept(record: SubmissionCollaborator, *, user: Any) -> PracticeSubmission:
    """Come to a submission by an invitation to one's own confirmed mailbox; its link works once.

    Raises PermissionDenied for another's mailbox and ValidationError for what cannot be answered any more.
    """
    locked = SubmissionCollaborator.objects.select_for_update(of=("self",)).select_related("submission", "invited_by")
    current = locked.get(pk=record.pk)
    if not is_to(current, user):
        raise PermissionDenied
    if current.accepted_at is not None or current.ended_at is not None or current.invited_at < timezone.now() - TERM:
        raise ValidationError(GONE)
    current.user, current.accepted_at, current.token_digest = user, timezone.now(), ""
    current.save(update_fields=["user", "accepted_at", "token_digest"])
    submission = current.submission
    write_down(submission, "colleague_came", user, role=current.role)
    if current.invited_by is not None:
        tell(
            current.invited_by,
            "practice_colleague_came",
            {
                "person": user.get_full_name() or user.email,
                "practice": str(submission),
                "role": current.get_role_display(),
            },
            href=reverse("practice_colleagues", args=[submission.public_id]),
            title=f"Приглашение приняли: {submission}",
        )
    return submission


@transaction.atomic
def end(record: SubmissionCollaborator, *, actor: Any) -> None:
    """Close the access of a colleague at once; what was written stays. A colleague may leave by oneself.

    Raises PermissionDenied for whoever may do neither.
    """
    own = record.user_id is not None and record.user_id == actor.pk
    locked = PracticeSubmission.objects.select_for_update(of=("self",)).get(pk=record.submission_id)
    if not own and not can_invite(actor, locked):
        raise PermissionDenied
    ended = SubmissionCollaborator.objects.filter(pk=record.pk, ended_at=None)
    if ended.update(ended_at=timezone.now(), token_digest=""):
        write_down(locked, "end_colleague", actor, email=record.email)


def _lock(submission: PracticeSubmission, actor: Any) -> PracticeSubmission:
    locked: PracticeSubmission = (
        PracticeSubmission.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=submission.pk)
    )
    if not is_member(actor, locked.organisation_id) or not can_invite(actor, locked):
        raise PermissionDenied
    return locked


def _send(record: SubmissionCollaborator, actor: Any) -> None:
    if not limits.hit("practice-colleague", record.email, limit=MOST_LETTERS, per_seconds=_DAY):
        raise ValidationError("Сегодня письмо по этому адресу уже отправляли. Попросите проверить папку «Спам».")
    token = secrets.token_urlsafe(24)
    record.token_digest, record.invited_by, record.invited_at = _digest(token), actor, timezone.now()
    record.save()
    context = {
        "inviter": actor.get_full_name() or "коллега",
        "organisation": str(record.submission.organisation),
        "practice": str(record.submission),
        "role": record.get_role_display(),
        "until": _until(record.invited_at),
        "link": settings.SITE_URL + reverse("practice_invitation", args=[token]),
    }
    queue_letter("practice_colleague", record.email, context, secret=True)


def _until(invited_at: dt.datetime) -> str:
    return moments.day(timezone.localdate(invited_at + TERM))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
