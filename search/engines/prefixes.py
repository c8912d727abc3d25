"""Finding names by the beginnings of their words, in memory: what a search box suggests while one types."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar, overload

from search.text import match_key

T = TypeVar("T")
_MOST_LOOKED_AT = 5_000


class Lines(Sequence[str]):
    """Many short texts held as one: an object for each would weigh more than its letters."""

    def __init__(self, lines: Iterable[str]) -> None:
        parts, self._ends, length = [], array("L"), 0
        for line in lines:
            parts.append(line)
            length += len(line)
            self._ends.append(length)
        self._text = "".join(parts)

    def __len__(self) -> int:
        return len(self._ends)

    @overload
    def __getitem__(self, number: int) -> str: ...

    @overload
    def __getitem__(self, number: slice) -> list[str]: ...

    def __getitem__(self, number: int | slice) -> str | list[str]:
        if isinstance(number, slice):
            return [self[one] for one in range(*number.indices(len(self)))]
        place = range(len(self))[number]
        return self._text[self._ends[place - 1] if place else 0 : self._ends[place]]


class PrefixIndex(Generic[T]):
    """Names with what they stand for, in the order of preference.

    All keys lie in one string: finding the beginning of a word in 20,000 names is one scan of a megabyte and a half
    at the speed of memory, and nothing has to be held for every word.
    """

    def __init__(self, names: Iterable[str], items: Sequence[T]) -> None:
        """Take names and, in the same order, what they stand for."""
        parts: list[str] = []
        self._starts = array("L")
        self._items = items
        length = 0
        for name in names:
            part = f" {match_key(name)}\n"
            self._starts.append(length)
            parts.append(part)
            length += len(part)
        self._text = "".join(parts)

    def __len__(self) -> int:
        return len(self._items)

    def find(self, typed: str, limit: int) -> list[T]:
        """Return up to `limit` items in whose name every word of `typed` begins some word; [] for no words."""
        words = [f" {word}" for word in match_key(typed).split()]
        if not words:
            return []
        words.sort(key=len, reverse=True)
        found: list[T] = []
        position, looked = 0, 0
        while len(found) < limit and looked < _MOST_LOOKED_AT:
            position = self._text.find(words[0], position)
            if position < 0:
                break
            looked += 1
            number = bisect_right(self._starts, position) - 1
            end = self._text.index("\n", position)
            name = self._text[self._starts[number] : end]
            if all(word in name for word in words):
                found.append(self._items[number])
            position = end
        return found
