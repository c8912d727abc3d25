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

from portal.core import notify
from portal.core.text import normalise_text
from portal.organisations.enums import MemberRole
from portal.organisations.models import Membership
from portal.organisations.rules import is_member
from practices import rules
from practices.domain import downloads
from practices.domain import standing_records as records
from practices.domain.errors import TransitionError
from practices.domain.transitions import perform
from practices.enums import SubmissionStatus
from practices.models import PracticePage, PracticeStanding, PracticeSubmission

YEAR = dt.timedelta(days=365)
REASON_LENGTH = 500


def archive(page: PracticePage, *, actor: Any, reason: str, successor: PracticePage | None = None) -> None:
    """Put a published practice on the shelf: it leaves lists and counts, its address stays with a plate.

    `successor` is the practice that replaces it. A practice that came from a submission goes by the table of the
    procedure. Raises PermissionDenied for who does not edit the bank, TransitionError without a reason or for a practice
    that is not published.
    """
    words = normalise_text(reason).strip()[:REASON_LENGTH]
    _check_editor(actor)
    if not words:
        raise TransitionError("Напишите, почему практика уходит в архив: причина будет стоять на странице.")
    if not page.live:
        raise TransitionError("В архив убирают опубликованную практику.")
    if successor is not None and successor.pk == page.pk:
        raise TransitionError("Практика не может заменить сама себя.")
    with transaction.atomic():
        moved = _move(page, "archive", SubmissionStatus.PUBLISHED, actor, words, successor=successor)
        if not moved:
            records.put_on_shelf(page.pk, reason=words, successor=successor, actor=actor)


def restore(page: PracticePage, *, actor: Any) -> None:
    """Bring a practice back from the shelf into the bank. Raises PermissionDenied."""
    _check_editor(actor)
    with transaction.atomic():
        if not _move(page, "restore", SubmissionStatus.ARCHIVED, actor, ""):
            records.take_off_shelf(page.pk, actor=actor)


def _move(page: PracticePage, action: str, status: str, actor: Any, words: str, **details: Any) -> bool:
    """Move the submissions of the page; the effects of the table write the record of the page. Whether there was one."""
    found = list(PracticeSubmission.objects.filter(page=page, status=status))
    for submission in found:
        perform(submission, action, actor=actor, comment=words, **details)
    return bool(found)


def _check_editor(actor: Any) -> None:
    if not rules.is_bank_editor(actor):
        raise PermissionDenied


def withdraw_permission(page: PracticePage, *, actor: Any) -> PracticeStanding:
    """Leave a notice alone at the address of a practice: its organisation no longer lets it be public.

    The files of the passport go at once, pictures and materials are closed. Raises PermissionDenied.
    """
    with transaction.atomic():
        _check_editor(actor)
        standing = records.standing_of(page.pk)
        standing.permission_withdrawn_on = timezone.localdate()
        records.save(standing, actor)
        downloads.withdraw(page.pk)
    return standing


def permit_again(page: PracticePage, *, actor: Any) -> PracticeStanding:
    """Show a practice again: its organisation permits it. Raises PermissionDenied."""
    with transaction.atomic():
        _check_editor(actor)
        standing = records.standing_of(page.pk)
        standing.permission_withdrawn_on = None
        records.save(standing, actor)
        downloads.order(page.pk)
    return standing


def confirm(page: PracticePage, *, actor: Any) -> PracticeStanding:
    """Say for the organisation that the practice is still done as written. Raises PermissionDenied for strangers."""
    with transaction.atomic():
        if page.organisation_id is None or not is_member(actor, page.organisation_id):
            raise PermissionDenied
        standing = records.standing_of(page.pk)
        standing.confirmed_on = timezone.localdate()
        records.save(standing, actor)
    return standing


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
        standing = records.standing_of(page.pk)
        standing.asked_on = today
        standing.save(update_fields=["asked_on"])
        href = reverse("practice_confirm", args=[page.pk])
        for user in people:
            notify.tell(
                user, "practice_still_done", {"practice": page.title}, href=href,
                title=f"Подтвердите практику: {page.title}", dedupe_key=f"confirm:{page.pk}:{today.year}",
            )  # fmt: skip
