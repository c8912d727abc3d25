"""Days on which a demonstration event may take place."""

from __future__ import annotations

import datetime as dt

# Feasts that fall on the same day every year (Labour Code, art. 112); moved days off are announced each year and left out
_FEASTS = {*((1, day) for day in range(1, 9)), (2, 23), (3, 8), (5, 1), (5, 9), (6, 12), (11, 4)}


def is_working(day: dt.date) -> bool:
    """Tell whether people work on `day`."""
    return day.weekday() < 5 and (day.month, day.day) not in _FEASTS


def near_working_day(day: dt.date, *, forward: bool) -> dt.date:
    """Return `day` when it is a working one, else the nearest one after it, or before it."""
    step = dt.timedelta(days=1 if forward else -1)
    while not is_working(day):
        day += step
    return day
