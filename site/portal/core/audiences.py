"""Whom the office may write to at once: each room registers the circles of people that it knows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Recipient:
    """One addressee: the mailbox, how to call the person, the account if there is one, values of placeholders."""

    email: str
    name: str = ""
    user_id: int | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    unsubscribe_url: str = ""  # the way out for who has no account, full address


Query = Callable[[], Iterable[Recipient]]


@dataclass(frozen=True)
class Audience:
    """A circle of people: `placeholders` are what `values` of its recipients hold, name → (meaning, sample)."""

    name: str
    label: str
    query: Query
    placeholders: Mapping[str, tuple[str, str]] = field(default_factory=dict)


_audiences: dict[str, Audience] = {}


def register(name: str, label: str, query: Query, *, placeholders: Mapping[str, tuple[str, str]] | None = None) -> None:
    """Add a circle of people under `name`; the same name again replaces it.

    `query` is called when letters are made ready and returns each person once or more: a mailbox gets one letter.
    """
    _audiences[name] = Audience(name, label, query, dict(placeholders or {}))


def find(name: str) -> Audience | None:
    """Return the circle of that name."""
    return _audiences.get(name)


def all_audiences() -> list[Audience]:
    """Return every circle in the order of labels."""
    return sorted(_audiences.values(), key=lambda one: one.label)
