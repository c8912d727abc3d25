"""Days and hours of events in words, by the portal's clock."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from django.utils import dateformat, timezone

from portal.core.listing import plural
from portal.core.moments import day, span

_MOSCOW = ZoneInfo("Europe/Moscow")  # Russians tell a clock by its difference from Moscow's


def local(moment: dt.datetime) -> dt.datetime:
    """Return an aware moment by the portal's clock as it stood then."""
    return timezone.localtime(moment, timezone.get_default_timezone())


def zone(moment: dt.datetime) -> str:
    """Return how the portal's clock stood at `moment`: «МСК», «МСК+1» (Volgograd from 2018-10-28 to 2020-12-27)."""
    own = local(moment).utcoffset() or dt.timedelta()
    moscow = moment.astimezone(_MOSCOW).utcoffset() or dt.timedelta()
    hours = (own - moscow).total_seconds() / 3600
    return f"МСК{hours:+g}" if hours else "МСК"


def clock(moment: dt.datetime) -> str:
    """Return «9:30»."""
    return dateformat.format(local(moment), "G:i")


def day_of_week(value: dt.date) -> str:
    """Return «16 марта 2022, среда»."""
    return dateformat.format(value, "j E Y, l").lower()


def hours(starts_at: dt.datetime, ends_at: dt.datetime) -> str:
    """Return «10:00–14:00 (МСК)», of several days «с 9:00 в первый день до 15:00 в последний (МСК)»."""
    if local(starts_at).date() == local(ends_at).date():
        return f"{clock(starts_at)}–{clock(ends_at)} ({zone(starts_at)})"
    return f"с {clock(starts_at)} в первый день до {clock(ends_at)} в последний ({zone(starts_at)})"


def days(first: dt.date, last: dt.date) -> str:
    """Return «16 марта 2022, среда» or «16–18 мая 2022», «30 мая — 2 июня 2022»."""
    return day_of_week(first) if first == last else span(first, last)


def when(starts_at: dt.datetime, ends_at: dt.datetime) -> str:
    """Return the whole in a line: «16 марта 2022, 10:00–14:00 (МСК)»."""
    first, last = local(starts_at).date(), local(ends_at).date()
    if first == last:
        return f"{day(first)}, {hours(starts_at, ends_at)}"
    return f"{day(first)}, {clock(starts_at)} — {day(last)}, {clock(ends_at)} ({zone(starts_at)})"


def month(value: dt.date) -> str:
    """Return «ноябрь 2026»."""
    return dateformat.format(value, "F Y").lower()


def leaf(value: dt.date, year: int) -> dict[str, str]:
    """Return what a calendar leaf shows: {month, day, weekday}; of another year than `year` the year stands last."""
    return {
        "month": dateformat.format(value, "b"),
        "day": str(value.day),
        "weekday": dateformat.format(value, "D").lower() if value.year == year else str(value.year),
    }


def event_words(number: int) -> str:
    """Return «12 событий»."""
    return f"{number} {plural(number, 'событие', 'события', 'событий')}"
