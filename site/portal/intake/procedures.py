"""Procedures that receive applications: each room names its own, screens of the intake offer them by name."""

from __future__ import annotations

_titles: dict[str, str] = {}


def register(name: str, title: str) -> None:
    """Add a procedure: `name` is what its windows hold, `title` what people read."""
    _titles[name] = title


def choices() -> list[tuple[str, str]]:
    """Return pairs of name and title in the order of registration."""
    return list(_titles.items())


def title_of(name: str) -> str:
    """Return the title of a procedure, its name when the room is gone."""
    return _titles.get(name, name)
