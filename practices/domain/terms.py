"""Until when each stage lasts: the numbers are settings, the days are counted on the portal's calendar."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.utils import timezone

from portal.core.working_days import term
from practices.enums import SubmissionStatus

_LAST_SECOND = dt.time(23, 59, 59)


def due_of(status: str, begun: dt.datetime) -> dt.datetime | None:
    """Return the last second of a stage that began at `begun`; None for a stage without a term.

    The office and the head count working days; the author of a revision has calendar days.
    """
    days: int | None = settings.PRACTICE_TERMS.get(status)
    if days is None:
        return None
    if status != SubmissionStatus.REVISION:
        return term(begun, days)
    last = timezone.localdate(begun) + dt.timedelta(days=days)
    return timezone.make_aware(dt.datetime.combine(last, _LAST_SECOND))
