"""Reads of events for other rooms: what comes next, events of a topic, an organisation, a municipality.

All read from the agenda in memory and ask nothing of the database. Rows are values of `components/event_row.html`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils import timezone

from events.domain.agenda import Event, agenda
from events.domain.rows import Row, rows
from events.domain.selection import ALL, COMING, Filters, select


@dataclass(frozen=True)
class Found:
    """Events of somebody or something: rows to show and how many there are in all."""

    rows: list[Row]
    total: int


def coming(number: int) -> list[Row]:
    """Return the next `number` events that will take place, those of today first."""
    events = [event for event in select(Filters(when=COMING)).events() if not event.is_cancelled]
    return rows(events[:number])


def upcoming_count() -> int:
    """Return how many events will take place."""
    return sum(1 for event in select(Filters(when=COMING)).events() if not event.is_cancelled)


def for_tag(slug: str, number: int) -> Found:
    """Return the events of a topic: coming ones by time, then past ones, the latest first."""
    return _found(select(Filters({"tag": (slug,)}, when=ALL)).events(), number)


def of_municipality(slug: str, number: int) -> Found:
    """Return the events that take place in a municipality, in the same order."""
    return _found(select(Filters({"municipality": (slug,)}, when=ALL)).events(), number)


def of_organisation(pk: int, number: int) -> Found:
    """Return the events that an organisation hosts or organises, in the same order."""
    return _found(_matching(lambda event: pk in event.organisations), number)


def counts(facet: str) -> dict[str, int]:
    """Return the numbers of public events by value of a facet (kind, tag, municipality …), zeros left out."""
    selection = select(Filters(when=ALL))
    return {value: number for value, number in selection.counts()[facet].items() if number}


def by_ids(ids: Iterable[int]) -> list[Event]:
    """Return the public ones among the events with `ids`, in the given order."""
    found = agenda()
    visible = found.visible()
    kept = found.index.in_given_order(list(ids), visible, 0, len(found.index))
    return [found.events[pk] for pk in kept]


def _matching(condition: Callable[[Event], bool]) -> list[Event]:
    return [event for event in select(Filters(when=ALL)).events() if condition(event)]


def _found(events: list[Event], number: int, *, today: dt.date | None = None) -> Found:
    day = today or timezone.localdate()
    ahead = [event for event in events if event.last_day >= day]
    behind = [event for event in reversed(events) if event.last_day < day]
    return Found(rows([*ahead, *behind][:number], today=day), len(events))
