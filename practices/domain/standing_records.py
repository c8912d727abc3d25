"""Writing the record of what became of a published practice: locked, versions of what is public renewed."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from portal.core import versions
from practices.domain.changes import practices_version
from practices.models import PracticePage, PracticeStanding


def standing_of(page_id: int) -> PracticeStanding:
    """Return the record of a practice, made when there is none, locked until the transaction ends."""
    PracticeStanding.objects.get_or_create(page_id=page_id)
    return PracticeStanding.objects.select_for_update().get(page_id=page_id)


def save(standing: PracticeStanding, actor: Any) -> PracticeStanding:
    """Save the record; lists, counts and pages follow after the commit."""
    standing.changed_by = actor
    standing.save()
    practices_version.bump()
    versions.bump()
    return standing


def put_on_shelf(page_id: int, *, reason: str, successor: PracticePage | None, actor: Any) -> PracticeStanding:
    """Write that a practice is in the archive from today, why, and what replaces it."""
    standing = standing_of(page_id)
    standing.archived_on, standing.archive_reason = timezone.localdate(), reason
    standing.successor = successor
    return save(standing, actor)


def take_off_shelf(page_id: int, *, actor: Any) -> PracticeStanding:
    """Write that a practice is in the bank again."""
    standing = standing_of(page_id)
    standing.archived_on, standing.archive_reason, standing.successor = None, "", None
    return save(standing, actor)


def note_published(page_id: int) -> None:
    """A text that its author has just agreed to is confirmed by that; the plate of the last year goes."""
    standing = standing_of(page_id)
    standing.confirmed_on = timezone.localdate()
    save(standing, None)
