"""Due lines: an item that repeats is due once in each quarter (month, half-year) that its time touches."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from portal.roadmap.domain.periods import MONTHS, add_months
from portal.roadmap.domain.reading import ItemView
from portal.roadmap.enums import ItemStatus, Recurrence

_MONTHS_OF = {Recurrence.MONTHLY: 1, Recurrence.QUARTERLY: 3, Recurrence.HALF_YEARLY: 6}
_ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True)
class DueLine:
    """One time that an item is due: its name, its days, what was confirmed in it, how it stands."""

    label: str
    begins_on: dt.date
    ends_on: dt.date
    confirmed: int
    mark: str
    words: str


def due_lines(item: ItemView, confirmed: Mapping[dt.date, int], *, today: dt.date) -> list[DueLine]:
    """Return the due lines of `item`; `confirmed` is what was confirmed by the first day of its month.

    An item that is due once has none. The number of lines and the planned quantity may differ: the document says both.
    """
    step = _MONTHS_OF.get(Recurrence(item.recurrence))
    if step is None:
        return []
    lines = []
    begins = dt.date(item.starts_on.year, (item.starts_on.month - 1) // step * step + 1, 1)
    while begins <= item.ends_on:
        after = add_months(begins, step)
        number = sum(amount for month, amount in confirmed.items() if begins <= month < after)
        ends = after - dt.timedelta(days=1)
        cancelled = item.status == ItemStatus.CANCELLED
        mark, words = _standing(number, begins, ends, today) if not cancelled else ("", "снят")
        lines.append(DueLine(_label(begins, step), begins, ends, number, mark, words))
        begins = after
    return lines


def _standing(number: int, begins: dt.date, ends: dt.date, today: dt.date) -> tuple[str, str]:
    if number:
        return "done", f"подтверждено: {number}"
    if ends < today:
        return "wait", "подтверждённых фактов нет"
    return ("run", "идёт") if begins <= today else ("", "впереди")


def _label(begins: dt.date, step: int) -> str:
    if step == 1:
        return f"{MONTHS[begins.month - 1]} {begins.year}"
    words = "квартал" if step == _MONTHS_OF[Recurrence.QUARTERLY] else "полугодие"
    return f"{_ROMAN[(begins.month - 1) // step]} {words} {begins.year}"
