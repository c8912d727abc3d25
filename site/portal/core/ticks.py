"""Regular duties of the worker: apps name them in `AppConfig.ready`, the worker's clock runs them.

    every(1)(deliver_due_letters)      # each minute
    every(NIGHTLY)(forget_old_hits)    # once a night

A duty is one function without arguments. It must be safe to repeat: a killed worker leaves it half done, and the
next one starts it from the beginning.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal, TypeVar

from django.utils import timezone

NIGHTLY: Literal["nightly"] = "nightly"
NIGHT = time(3, 15)  # of the portal's zone: nobody works, and no zone changes its clock then
RETRY = timedelta(minutes=10)
Function = TypeVar("Function", bound=Callable[[], object])


@dataclass(frozen=True)
class Tick:
    """A duty and its period: minutes, or a night."""

    name: str
    run: Callable[[], object]
    period: int | Literal["nightly"]

    def next_after(self, now: datetime) -> datetime:
        """Return when the duty is due after having been done at `now`."""
        if self.period != "nightly":
            return now + timedelta(minutes=self.period)
        local = timezone.localtime(now)
        night = local.replace(hour=NIGHT.hour, minute=NIGHT.minute, second=0, microsecond=0)
        return night if night > local else night + timedelta(days=1)

    def retry_after(self, now: datetime) -> datetime:
        """Return when a failed duty is tried again: in its own time, but not later than in ten minutes."""
        return min(self.next_after(now), now + RETRY)


_registered: dict[str, Tick] = {}


def every(period: int | Literal["nightly"]) -> Callable[[Function], Function]:
    """Register a function as a duty done every `period` minutes, or `NIGHTLY`; it is returned unchanged.

    The duty is known by the function's module and name; registering it twice keeps one.
    """

    def register(function: Function) -> Function:
        name = f"{function.__module__}.{function.__name__}"
        _registered[name] = Tick(name, function, period)
        return function

    return register


def registered() -> list[Tick]:
    """Return every duty, those of minutes before those of the night."""
    return sorted(_registered.values(), key=lambda tick: (tick.period == NIGHTLY, tick.name))
