"""How far a cycle of events has gone."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from events.domain.agenda import Event, agenda


@dataclass(frozen=True)
class CycleProgress:
    """The public meetings of a cycle by time, how many of them are over, and how many there are to be."""

    meetings: list[Event]
    held: int
    planned: int

    @property
    def words(self) -> str:
        """«2 из 4 проведено»."""
        return f"{self.held} из {self.planned} проведено"


def progress(cycle_id: int, planned: int, *, today: dt.date) -> CycleProgress:
    """Return the progress of a cycle that promises `planned` meetings; cancelled ones do not count."""
    found = agenda()
    visible = found.visible()
    ids = [event.id for event in found.events.values() if event.cycle_id == cycle_id]
    meetings = [found.events[pk] for pk in found.index.in_given_order(ids, visible, 0, len(ids))]
    standing = [event for event in meetings if not event.is_cancelled]
    held = sum(1 for event in standing if event.last_day < today)
    return CycleProgress(meetings, held, max(planned, len(standing)))
