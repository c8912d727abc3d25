"""Events for one request: which ones, in which order, with which counts, and what empties the list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils import timezone

from events.domain.agenda import FACETS, LATEST, Agenda, Event, agenda

COMING, PAST, ALL = "coming", "past", "all"


@dataclass(frozen=True)
class Filters:
    """What is asked: OR inside a facet, AND between facets; `when` is one of COMING, PAST, ALL."""

    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    when: str = COMING
    latest_first: bool = False


@dataclass(frozen=True)
class Relief:
    """The facet whose choices empty a list, and how many events there are without them."""

    facet: str
    count: int


@dataclass(frozen=True)
class Selection:
    """The public events that answer; counted in memory, sliced on demand."""

    agenda: Agenda
    filters: Filters
    within: int
    elsewhere: int  # how many the same choices find in the other half: past for coming and the other way round

    @property
    def bitmap(self) -> int:
        """The events as a bitmap of the agenda's index."""
        return self.agenda.index.select(self.filters.choices, self.within)

    @property
    def total(self) -> int:
        """How many events there are."""
        return self.bitmap.bit_count()

    def events(self, start: int = 0, stop: int | None = None) -> list[Event]:
        """Return events from number `start` up to `stop` in the order asked for."""
        order = LATEST if self.filters.latest_first else None
        count = (len(self.agenda.index) if stop is None else stop) - start
        return [self.agenda.events[pk] for pk in self.agenda.index.page(self.bitmap, start, count, order=order)]

    def counts(self) -> dict[str, dict[str, int]]:
        """Return counts by facet and value, each facet under the choices of the others."""
        return self.agenda.index.counts(self.filters.choices, self.within, facets=FACETS)

    def relief(self) -> Relief | None:
        """Return the facet whose absence finds most, None when nothing helps."""
        found = []
        for facet in self.filters.choices:
            others = {name: values for name, values in self.filters.choices.items() if name != facet}
            found.append(Relief(facet, self.agenda.index.select(others, self.within).bit_count()))
        best = max(found, key=lambda relief: relief.count, default=None)
        return best if best is not None and best.count else None


def select(filters: Filters, *, today: dt.date | None = None) -> Selection:
    """Return the public events that satisfy `filters`; an event is over after its last day, not within it."""
    found = agenda()
    visible = found.visible()
    over = found.over(today or timezone.localdate()) & visible
    halves = {COMING: visible & ~over, PAST: over, ALL: visible}
    within = halves[filters.when]
    other = {COMING: over, PAST: visible & ~over, ALL: 0}[filters.when]
    return Selection(found, filters, within, found.index.select(filters.choices, other).bit_count())
