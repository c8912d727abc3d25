"""Reminders by deadline: each room names what is due, to whom and when; one duty tells people in time, once.

    reminders.register("submissions", answers_due)

A source is asked for what is due from now until a moment and yields it as `Reminder`s in a number of queries that does
not grow with the rows. Who has done the thing, or may not do it any more, is simply not yielded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Reminder:
    """Something that a person has to do by a moment.

    `kind` is a registered kind of letter; to its `context` the duty adds {due} («30 мая 2026 г., 23:59»), {left}
    («через 7 дней», «завтра», «сегодня») and {link}. `key` names the thing within the source, at most 40 characters.
    """

    user: Any
    key: str
    due: datetime
    title: str  # of the bell, without the term: it is added
    href: str
    kind: str
    context: Mapping[str, str] = field(default_factory=dict)


Source = Callable[[datetime], Iterable[Reminder]]

_sources: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """Add a source; the same name again replaces it. Raises ValueError for a name of more than 20 characters."""
    if len(name) > 20:
        raise ValueError("reminders: the name of the source is too long")
    _sources[name] = source


def sources() -> dict[str, Source]:
    """Return every source by its name."""
    return dict(_sources)
