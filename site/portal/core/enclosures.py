"""Files that go with letters: a letter names its enclosure, and the worker that sends it asks the room for the file.

So the transaction that writes the letter builds nothing, and a file that cannot be built delays the letter and no more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Enclosure:
    """A file in a letter."""

    name: str
    content: bytes
    media_type: str


Builder = Callable[[str], Enclosure]

_builders: dict[str, Builder] = {}


def register_enclosure(kind: str, builder: Builder) -> None:
    """Make enclosures «kind:key» known: `builder` returns the file for a key, or raises when it cannot be built now."""
    _builders[kind] = builder


def build_enclosure(named: str) -> Enclosure:
    """Return the file that a letter names as «kind:key»; raises ValueError for an unknown kind."""
    kind, _, key = named.partition(":")
    if kind not in _builders:
        raise ValueError(f"enclosure: unknown kind {kind}")
    return _builders[kind](key)
