"""The months of a plan as columns, an item as a bar over some of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from portal.roadmap.domain.periods import MONTHS, add_months, month_words, period_words
from portal.roadmap.domain.reading import ItemView, PlanView
from portal.roadmap.enums import ItemStatus

# What fits into a bar of one month; the word itself is read aloud and stands in the row on a phone
_SIGNS = {ItemStatus.DONE: "✓", ItemStatus.RUNNING: "идёт", ItemStatus.OVERDUE: "!", ItemStatus.CANCELLED: "снят"}


@dataclass(frozen=True)
class Month:
    """A column: «янв», «дек ’21» where a year begins to be told."""

    label: str
    name: str
    is_current: bool


@dataclass(frozen=True)
class Gap:
    """Empty columns; the current month stands alone, so that it is seen."""

    span: int
    is_current: bool


@dataclass(frozen=True)
class Bar:
    """An item with the gaps before its bar, the columns under it and the gaps after it."""

    item: ItemView
    before: tuple[Gap, ...]
    span: int
    after: tuple[Gap, ...]
    short: str
    words: str


def months(plan: PlanView, items: Sequence[ItemView]) -> list[Month]:
    """Return the columns: the months of the plan and those that its items reach beyond."""
    first, number = _range(plan, items)
    days = [add_months(first, step) for step in range(number)]
    today = plan.day.replace(day=1)
    return [
        Month(
            label=MONTHS[day.month - 1][:3] + (f" ’{day.year % 100:02d}" if day == first or day.month == 1 else ""),
            name=month_words(day),
            is_current=day == today,
        )
        for day in days
    ]


def bars(plan: PlanView, items: Sequence[ItemView]) -> list[Bar]:
    """Return a bar for each item over the columns of `months`."""
    first, number = _range(plan, items)
    now = _number(plan.day) - _number(first)
    found = []
    for item in items:
        begins = _number(item.starts_on) - _number(first)
        ends = _number(item.ends_on) - _number(first) + 1
        found.append(
            Bar(
                item=item,
                before=tuple(_gaps(0, begins, now)),
                span=ends - begins,
                after=tuple(_gaps(ends, number, now)),
                short=item.tally if item.planned else _SIGNS.get(item.status, ""),
                words=period_words(item.starts_on, item.ends_on),
            )
        )
    return found


def _gaps(begins: int, ends: int, now: int) -> Iterator[Gap]:
    if begins <= now < ends:
        yield from _gaps(begins, now, now)
        yield Gap(1, is_current=True)
        begins = now + 1
    if ends > begins:
        yield Gap(ends - begins, is_current=False)


def _number(day: dt.date) -> int:
    return day.year * 12 + day.month


def _range(plan: PlanView, items: Sequence[ItemView]) -> tuple[dt.date, int]:
    first = min([plan.starts_on, *(item.starts_on for item in items)]).replace(day=1)
    last = max([plan.ends_on, *(item.ends_on for item in items)])
    return first, _number(last) - _number(first) + 1
