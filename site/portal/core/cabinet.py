"""What the cabinet shows: each room registers its sections and what it expects of a person.

The cabinet itself stands on the top floor and knows no room; a room below never imports it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Todo:
    """One line of «Мои задачи»: what to do, for what, by when, and the address where it is done."""

    title: str
    href: str
    subject: str = ""  # the practice, the organisation or the contest that it is about
    due: datetime | None = None
    count: int = 1  # how many things the line stands for


@dataclass(frozen=True)
class Section:
    """A room of the cabinet in its menu; `visible` tells whether the person has any business there."""

    name: str
    label: str
    url_name: str  # of an address without arguments
    visible: Callable[[Any], bool]
    order: int = 100


@dataclass(frozen=True)
class Takeaway:
    """What a person may take along before the account is closed: words and an address of a file."""

    label: str
    href: str


TodoSource = Callable[[Any], Iterable[Todo]]

_sections: dict[str, Section] = {}
_sources: dict[str, TodoSource] = {}
_takeaways: dict[str, Callable[[Any], Iterable[Takeaway]]] = {}


def register_section(section: Section) -> None:
    """Add a section to the menu of the cabinet; the same name again replaces it."""
    _sections[section.name] = section


def register_todos(name: str, source: TodoSource) -> None:
    """Add a source of tasks: given a person, it yields what waits for them, in at most two queries."""
    _sources[name] = source


def sections_of(user: Any) -> list[Section]:
    """Return the sections that concern `user` in the order of the menu."""
    return [section for section in sorted(_sections.values(), key=lambda one: one.order) if section.visible(user)]


def todos_of(user: Any) -> list[Todo]:
    """Return what waits for `user`: what has a term first, the nearest above."""
    found = [todo for source in _sources.values() for todo in source(user)]
    return sorted(found, key=lambda todo: (todo.due is None, todo.due.timestamp() if todo.due else 0.0))


def register_takeaways(name: str, source: Callable[[Any], Iterable[Takeaway]]) -> None:
    """Add a source of what is offered to a person who closes the account; the same name again replaces it."""
    _takeaways[name] = source


def takeaways_of(user: Any) -> list[Takeaway]:
    """Return what `user` may take along."""
    return [one for source in _takeaways.values() for one in source(user)]
