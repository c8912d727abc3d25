"""The duty of reminders: asks every source what is due and tells each person once at each step before the term."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from portal.core import notify, reminders
from portal.core.listing import plural
from portal.mailing.domain.hours import is_open
from portal.mailing.models import LetterSettings

logger = logging.getLogger("portal.letters")
# A step that fell into a silence (a night, a worker that stood still) is made up for within so many days.
GRACE_DAYS = 2


def remind() -> int:
    """Tell whoever has something due, by day only; return how many were told. Safe to repeat at any moment.

    A source that fails is logged and does not silence the others.
    """
    settings = LetterSettings.load()
    if not is_open(settings):
        return 0
    now = timezone.now()
    told = 0
    for name, source in reminders.sources().items():
        try:
            found = list(source(now + timedelta(days=settings.days[-1] + 1)))
        except Exception:
            logger.exception("reminders: source %s failed", name)
            continue
        told += sum(_tell(name, one, now=now, days=settings.days) for one in found if one.due > now)
    return told


def step_of(due: datetime, now: datetime, days: Sequence[int]) -> int | None:
    """Return which of `days` before the term is now, None between them. Days are of the portal's calendar."""
    left = (timezone.localdate(due) - timezone.localdate(now)).days
    step = next((day for day in days if day >= left), None)
    return step if step is not None and step - left <= GRACE_DAYS else None


def _tell(source: str, reminder: reminders.Reminder, *, now: datetime, days: Sequence[int]) -> bool:
    step = step_of(reminder.due, now, days)
    if step is None:
        return False
    due = timezone.localtime(reminder.due)
    left = left_words((due.date() - timezone.localdate(now)).days)
    words = {"due": date_format(due, "j E Y г., H:i"), "left": left, **reminder.context}
    # A term that was moved is another term: people are reminded of it anew.
    key = f"remind:{source}:{reminder.key}:{due:%Y%m%d%H%M}:{step}"
    with transaction.atomic():
        return (
            notify.tell(
                reminder.user,
                reminder.kind,
                words,
                href=reminder.href,
                title=f"{reminder.title}: срок {left}, {date_format(due, 'j E')}",
                dedupe_key=key,
            )
            is not None
        )


def left_words(days: int) -> str:
    """Return how long is left until a day: «сегодня», «завтра», «через 5 дней»."""
    if days <= 0:
        return "сегодня"
    return "завтра" if days == 1 else f"через {days} {plural(days, 'день', 'дня', 'дней')}"
