"""The archive shelf and what a published practice is worth today: archived, permitted, confirmed.

Each verb changes the record beside the page; lists, counts, feeds and the search follow with the next request.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from portal.core import notify, versions
from portal.core.text import normalise_text
from portal.organisations.enums import MemberRole
from portal.organisations.models import Membership
from portal.organisations.rules import is_member
from practices import rules
from practices.domain import downloads
from practices.domain.changes import practices_version
from practices.domain.errors import TransitionError
from practices.domain.transitions import perform
from practices.enums import SubmissionStatus
from practices.models import PracticePage, PracticeStanding, PracticeSubmission

YEAR = dt.timedelta(days=365)
REASON_LENGTH = 500


def archive(page: PracticePage, *, actor: Any, reason: str, successor: PracticePage | None = None) -> PracticeStanding:
    """Put a published practice on the shelf: it leaves lists and counts, its address stays with a plate.

    `successor` is the practice that replaces it. The submission it came from follows. Raises PermissionDenied for who
    does not edit the bank, TransitionError without a reason or for a practice that is not published.
    """
    words = _reason(reason)
    with transaction.atomic():
        standing = _held(page, actor)
        if not page.live:
            raise TransitionError("В архив убирают опубликованную практику.")
        if successor is not None and successor.pk == page.pk:
            raise TransitionError("Практика не может заменить сама себя.")
        standing.archived_on, standing.archive_reason = timezone.localdate(), words
        standing.successor = successor
        _save(standing, actor)
        _follow(page, "archive", SubmissionStatus.PUBLISHED, actor, words)
    return standing


def restore(page: PracticePage, *, actor: Any) -> PracticeStanding:
    """Bring a practice back from the shelf into the bank. Raises PermissionDenied."""
    with transaction.atomic():
        standing = _held(page, actor)
        standing.archived_on, standing.archive_reason, standing.successor = None, "", None
        _save(standing, actor)
        _follow(page, "restore", SubmissionStatus.ARCHIVED, actor, "")
    return standing


def withdraw_permission(page: PracticePage, *, actor: Any) -> PracticeStanding:
    """Leave a notice alone at the address of a practice: its organisation no longer lets it be public.

    The files of the passport go at once, pictures and materials are closed. Raises PermissionDenied.
    """
    with transaction.atomic():
        standing = _held(page, actor)
        standing.permission_withdrawn_on = timezone.localdate()
        _save(standing, actor)
        downloads.withdraw(page.pk)
    return standing


def permit_again(page: PracticePage, *, actor: Any) -> PracticeStanding:
    """Show a practice again: its organisation permits it. Raises PermissionDenied."""
    with transaction.atomic():
        standing = _held(page, actor)
        standing.permission_withdrawn_on = None
        _save(standing, actor)
        downloads.order(page.pk)
    return standing


def confirm(page: PracticePage, *, actor: Any) -> PracticeStanding:
    """Say for the organisation that the practice is still done as written. Raises PermissionDenied for strangers."""
    with transaction.atomic():
        if page.organisation_id is None or not is_member(actor, page.organisation_id):
            raise PermissionDenied
        standing = _standing(page.pk)
        standing.confirmed_on = timezone.localdate()
        _save(standing, actor)
    return standing


def note_published(page_id: int) -> None:
    """A text that its author has just agreed to is confirmed by that; the plate of the last year goes."""
    standing = _standing(page_id)
    standing.confirmed_on = timezone.localdate()
    _save(standing, None)


def ask_for_confirmation() -> int:
    """Ask organisations about practices that nobody has confirmed for a year; return how many practices.

    A duty of the worker. Practices of organisations without people on the portal are not asked about.
    """
    today = timezone.localdate()
    heads = Membership.objects.active().filter(role=MemberRole.HEAD, user__is_active=True).select_related("user")
    by_organisation: dict[int, list[Any]] = {}
    for row in heads:
        by_organisation.setdefault(row.organisation_id, []).append(row.user)
    asked = 0
    due = PracticePage.objects.listed().filter(organisation__in=by_organisation, published_on__lte=today - YEAR)
    for page in due.select_related("standing"):
        standing = page.own_standing
        latest = max(
            (day for day in (standing and standing.confirmed_on, standing and standing.asked_on) if day), default=None
        )
        if latest is None or latest <= today - YEAR:
            _ask(page, by_organisation[page.organisation_id], today)
            asked += 1
    return asked


def _ask(page: PracticePage, people: list[Any], today: dt.date) -> None:
    with transaction.atomic():
        standing = _standing(page.pk)
        standing.asked_on = today
        standing.save(update_fields=["asked_on"])
        href = reverse("practice_confirm", args=[page.pk])
        for user in people:
            notify.tell(
                user, "practice_still_done", {"practice": page.title}, href=href,
                title=f"Подтвердите практику: {page.title}", dedupe_key=f"confirm:{page.pk}:{today.year}",
            )  # fmt: skip


def _reason(text: str) -> str:
    words = normalise_text(text).strip()[:REASON_LENGTH]
    if not words:
        raise TransitionError("Напишите, почему практика уходит в архив: причина будет стоять на странице.")
    return words


def _held(page: PracticePage, actor: Any) -> PracticeStanding:
    """Return the locked record of a practice for somebody who edits the bank."""
    if not rules.is_bank_editor(actor):
        raise PermissionDenied
    return _standing(page.pk)


def _standing(page_id: int) -> PracticeStanding:
    PracticeStanding.objects.get_or_create(page_id=page_id)
    return PracticeStanding.objects.select_for_update().get(page_id=page_id)


def _save(standing: PracticeStanding, actor: Any) -> None:
    standing.changed_by = actor
    standing.save()
    practices_version.bump()
    versions.bump()


def _follow(page: PracticePage, action: str, status: str, actor: Any, words: str) -> None:
    for submission in PracticeSubmission.objects.filter(page=page, status=status):
        perform(submission, action, actor=actor, comment=words)
