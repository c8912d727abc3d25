"""Working days: terms of procedures are counted in them, and events of the demonstration stand on them.

Days off are Saturdays, Sundays and the feasts of the Labour Code of Russia, art. 112 part 1, which fall on the same
dates every year. Moved days off are announced by the Government for each year and are left out: a term may then end a
day or two beside the official calendar.
"""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

_FEASTS = {*((1, day) for day in range(1, 9)), (2, 23), (3, 8), (5, 1), (5, 9), (6, 12), (11, 4)}
_DAY = dt.timedelta(days=1)
_LAST_SECOND = dt.time(23, 59, 59)


def is_working(day: dt.date) -> bool:
    """Tell whether people work on `day`."""
    return day.weekday() < 5 and (day.month, day.day) not in _FEASTS


def near_working_day(day: dt.date, *, forward: bool) -> dt.date:
    """Return `day` when it is a working one, else the nearest one after it, or before it."""
    while not is_working(day):
        day += _DAY if forward else -_DAY
    return day


def working_day_after(day: dt.date, number: int) -> dt.date:
    """Return the `number`-th working day after `day`, which is itself not counted (Civil Code, art. 191)."""
    for _ in range(number):
        day = near_working_day(day + _DAY, forward=True)
    return day


def term(since: dt.datetime, number: int) -> dt.datetime:
    """Return the last second of the `number`-th working day after the day of `since`, by the portal's clock."""
    last = working_day_after(timezone.localdate(since), number)
    return timezone.make_aware(dt.datetime.combine(last, _LAST_SECOND))
