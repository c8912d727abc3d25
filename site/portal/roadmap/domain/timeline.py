"""The months of a plan as columns, an item as a bar over some of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from portal.roadmap.domain.periods import MONTHS, add_months, month_words, period_words
from portal.roadmap.domain.reading import ItemView, PlanView


@dataclass(frozen=True)
class Month:
    """A column: «янв», «дек ’21» where a year begins to be told."""

    label: str
    name: str
    is_current: bool


@dataclass(frozen=True)
class Bar:
    """An item with the columns before its bar, under it and after it."""

    item: ItemView
    before: int
    span: int
    after: int
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
    found = []
    for item in items:
        before = _number(item.starts_on) - _number(first)
        span = _number(item.ends_on) - _number(item.starts_on) + 1
        found.append(Bar(item, before, span, number - before - span, period_words(item.starts_on, item.ends_on)))
    return found


def _number(day: dt.date) -> int:
    return day.year * 12 + day.month


def _range(plan: PlanView, items: Sequence[ItemView]) -> tuple[dt.date, int]:
    first = min([plan.starts_on, *(item.starts_on for item in items)]).replace(day=1)
    last = max([plan.ends_on, *(item.ends_on for item in items)])
    return first, _number(last) - _number(first) + 1
