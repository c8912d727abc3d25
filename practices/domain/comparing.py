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
    """Yield the pieces of two texts in reading order: what stayed, what is gone, what is new, by words.

    A blank between two changed words belongs to the change: a sentence written anew reads as one.
    """
    left, right = _PIECES.findall(old), _PIECES.findall(new)
    gone = added = ""
    for tag, a, b, c, d in difflib.SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        before, after = "".join(left[a:b]), "".join(right[c:d])
        if tag == "equal" and (before.strip() or not (gone or added)):
            yield from _changed(gone, added)
            yield Piece("same", before)
            gone = added = ""
        else:
            gone, added = gone + before, added + after
    yield from _changed(gone, added)


def _changed(gone: str, added: str) -> Iterable[Piece]:
    return (Piece(kind, text) for kind, text in (("gone", gone), ("new", added)) if text)
