"""What is due within the term of an item, and which items keep quiet though something is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from django.db import models
from django.utils import timezone

from portal.core.listing import plural
from portal.roadmap.domain.periods import MONTHS, add_months
from portal.roadmap.domain.progress import ItemProgress, is_lasting, standing
from portal.roadmap.enums import FactState, ItemStatus, Recurrence
from portal.roadmap.models import Fact, PlanItem

_STEPS = {Recurrence.MONTHLY: 1, Recurrence.QUARTERLY: 3, Recurrence.HALF_YEARLY: 6}
_WORDS = {Recurrence.MONTHLY: "месяц", Recurrence.QUARTERLY: "квартал", Recurrence.HALF_YEARLY: "полугодие"}
_ROMAN = ("I", "II", "III", "IV")
SOON_DAYS = 30  # an end that is nearer calls for attention
SILENT_DAYS = 90  # work that goes on without a fact for longer is said to be quiet


class DueState(models.TextChoices):
    """Where one due line stands."""

    DONE = "done", "сделано"
    MISSED = "missed", "пропущено"
    RUNNING = "running", "идёт"
    AHEAD = "ahead", "впереди"


@dataclass(frozen=True)
class DueLine:
    """One month, quarter or half-year of a recurring item, with what is counted in it."""

    label: str
    starts_on: dt.date
    ends_on: dt.date
    confirmed: int
    state: DueState


class Term(Protocol):
    """What due lines are reckoned from: a row of the plan or an item as visitors read it."""

    @property
    def pk(self) -> int: ...
    @property
    def recurrence(self) -> str: ...
    @property
    def starts_on(self) -> dt.date: ...
    @property
    def ends_on(self) -> dt.date: ...


def counted_days(items: Iterable[Term], *, today: dt.date | None = None) -> dict[int, list[tuple[dt.date, int]]]:
    """Return (day, amount) of every counted fact of the items in order of days: one query."""
    day = today or timezone.localdate()
    facts = Fact.objects.filter(item__in=[item.pk for item in items], state=FactState.CONFIRMED, on__lte=day)
    found: dict[int, list[tuple[dt.date, int]]] = {}
    for item_id, on, amount in standing(facts).order_by("on").values_list("item_id", "on", "amount"):
        found.setdefault(item_id, []).append((on, amount))
    return found


def due_lines(
    item: Term, *, days: list[tuple[dt.date, int]] | None = None, today: dt.date | None = None
) -> list[DueLine]:
    """Return the lines of a recurring item («I квартал 2022» …), none for an item that is due once.

    `days` are the counted facts as `counted_days` gives them; without them the database is asked.
    """
    step = _STEPS.get(Recurrence(item.recurrence))
    if step is None:
        return []
    day = today or timezone.localdate()
    counted = counted_days([item], today=day).get(item.pk, []) if days is None else days
    first = dt.date(item.starts_on.year, (item.starts_on.month - 1) // step * step + 1, 1)
    lines: list[DueLine] = []
    while first <= item.ends_on:
        following = add_months(first, step)
        begins, ends = max(first, item.starts_on), min(following - dt.timedelta(days=1), item.ends_on)
        confirmed = sum(amount for on, amount in counted if begins <= on <= ends)
        lines.append(DueLine(_label(first, step), begins, ends, confirmed, _state(begins, ends, confirmed, day)))
        first = following
    return lines


def _label(first: dt.date, step: int) -> str:
    if step == 1:
        return f"{MONTHS[first.month - 1]} {first.year}"
    word = "квартал" if step == 3 else "полугодие"
    return f"{_ROMAN[(first.month - 1) // step]} {word} {first.year}"


def _state(begins: dt.date, ends: dt.date, confirmed: int, today: dt.date) -> DueState:
    if confirmed:
        return DueState.DONE
    if ends < today:
        return DueState.MISSED
    return DueState.RUNNING if begins <= today else DueState.AHEAD


def attention(
    item: PlanItem, progress: ItemProgress, days: list[tuple[dt.date, int]], *, today: dt.date
) -> tuple[int, str]:
    """Return how urgent the item is (0: not at all; more is sooner) and why, in words of people.

    «2 из 3, квартал кончается через 9 дней»; «2 из 3, срок прошёл 12 дней назад».
    """
    made = f"{progress.confirmed} из {progress.planned}" if progress.planned else ("" if days else "фактов нет")
    if progress.status == ItemStatus.OVERDUE:
        return 1000, _sentence(made, f"срок прошёл {_ago(today, item.ends_on)}")
    if progress.status != ItemStatus.RUNNING:
        return 0, ""
    window = next((line for line in due_lines(item, days=days, today=today) if line.state == DueState.RUNNING), None)
    ends_on, word = (window.ends_on, _WORDS[Recurrence(item.recurrence)]) if window else (item.ends_on, "срок")
    left = (ends_on - today).days
    is_in_order = window is None and bool(item.recurrence or (is_lasting(item) and progress.confirmed))
    if left <= SOON_DAYS and not is_in_order:
        return 500 - left, _sentence(made, f"{word} кончается {_in(left)}")
    last = days[-1][0] if days else item.starts_on
    if (today - last).days > SILENT_DAYS:
        return 100, _sentence(made, f"последний факт {last:%d.%m.%Y}" if days else f"идёт с {last:%d.%m.%Y}")
    return 0, ""


def _sentence(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _days(number: int) -> str:
    return f"{number} {plural(number, 'день', 'дня', 'дней')}"


def _in(days: int) -> str:
    return "сегодня" if days == 0 else f"через {_days(days)}"


def _ago(today: dt.date, day: dt.date) -> str:
    return f"{_days((today - day).days)} назад"
