"""Days and deadlines in words: one clock for everybody, the server's, said in full (JOURNEYS §0.5)."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.utils import dateformat, timezone

from portal.core.listing import plural

LAST_SECOND = dt.timedelta(seconds=1)  # the second that a deadline names belongs to it


def after(ends_at: dt.datetime) -> dt.datetime:
    """Return the first instant that lies beyond a deadline: 23:59:59 lasts until 00:00:00."""
    return ends_at.replace(microsecond=0) + LAST_SECOND


def day(value: dt.date) -> str:
    """Return «15 марта 2027»."""
    return dateformat.format(value, "j E Y")


def hour(moment: dt.datetime) -> str:
    """Return «23:59» by the portal's clock."""
    return f"{timezone.localtime(moment):%H:%M}"


def deadline(moment: dt.datetime) -> str:
    """Return «15 марта 2027, 23:59 по волгоградскому времени (МСК)»."""
    return f"{day(timezone.localdate(moment))}, {hour(moment)} {settings.TIME_ZONE_WORDS}"


def span(start: dt.date, end: dt.date) -> str:
    """Return «22 апреля 2022», «4–21 апреля 2022», «15 апреля — 15 июля 2022» or both dates whole."""
    if start == end:
        return day(start)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{day(end)}"
    if start.year == end.year:
        return f"{dateformat.format(start, 'j E')} — {day(end)}"
    return f"{day(start)} — {day(end)}"


def days_until(moment: dt.datetime, now: dt.datetime) -> int:
    """Return how many midnights of the portal lie between `now` and `moment`: 0 on the day itself."""
    return (timezone.localdate(moment) - timezone.localdate(now)).days


def days_in_words(number: int) -> str:
    """Return «1 день», «2 дня», «5 дней»."""
    return f"{number} {plural(number, 'день', 'дня', 'дней')}"
