"""What a person does with the bell."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from portal.core.models import Notice

# Longer than any term that a reminder is told before: the row is also the mark that it was told.
KEEP_READ = timedelta(days=180)
KEEP = timedelta(days=400)


def read_one(notice: Notice) -> None:
    """Mark a notice read; the first reading counts."""
    Notice.objects.unread().filter(pk=notice.pk).update(read_at=timezone.now())


def read_all(user: Any, *, newest: int | None = None) -> int:
    """Mark the notices of `user` read, those up to the number `newest`; return how many.

    The number is of the newest notice that the person saw: what came while the page was open stays unread.
    """
    own = Notice.objects.unread().filter(user=user)
    if newest is not None:
        own = own.filter(pk__lte=newest)
    return own.update(read_at=timezone.now())


def prune() -> int:
    """Delete notices read long ago and those that nobody read for longer; return how many. A duty of the night."""
    now = timezone.now()
    old = Notice.objects.filter(read_at__lt=now - KEEP_READ) | Notice.objects.filter(created_at__lt=now - KEEP)
    return old.delete()[0]
