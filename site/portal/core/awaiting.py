"""What waits for a person in the admin: each room registers its own lines, the first screen shows them together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Task:
    """One line of «Что вас ждёт»: how many things wait and the address of the list that shows exactly them."""

    title: str
    count: int
    url: str
    hint: str = ""


# Given a person, returns the line, or None where it is none of the person's business.
TaskSource = Callable[[Any], Task | None]

_sources: dict[str, tuple[int, TaskSource]] = {}


def register(name: str, source: TaskSource, *, order: int = 100) -> None:
    """Add a source under `name`; the same name again replaces it, a lower `order` comes first."""
    _sources[name] = (order, source)


def tasks_of(user: Any) -> Iterator[Task]:
    """Yield the lines that concern `user`, in order; those with nothing to do (count 0) too."""
    for _order, source in sorted(_sources.values(), key=lambda pair: pair[0]):
        task = source(user)
        if task is not None:
            yield task
