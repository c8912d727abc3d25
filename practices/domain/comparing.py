"""Two texts side by side: what stayed, what is gone, what is new, word by word."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass

_PIECES = re.compile(r"\s+|[^\s\w]|\w+")


@dataclass(frozen=True)
class Piece:
    """A part of a compared text: `kind` is same, gone or new."""

    kind: str
    text: str


@dataclass(frozen=True)
class Change:
    """A field that reads otherwise than before, word by word."""

    name: str
    label: str
    pieces: tuple[Piece, ...]


def compared(old: str, new: str) -> Iterable[Piece]:
    """Yield the pieces of two texts in reading order: what stayed, what is gone, what is new, by words."""
    left, right = _PIECES.findall(old), _PIECES.findall(new)
    for tag, a, b, c, d in difflib.SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece("same", "".join(left[a:b]))
            continue
        if b > a:
            yield Piece("gone", "".join(left[a:b]))
        if d > c:
            yield Piece("new", "".join(right[c:d]))
