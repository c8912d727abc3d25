"""Finding names by the beginnings of their words, in memory: what a search box suggests while one types."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import Generic, TypeVar

from search.text import match_key

T = TypeVar("T")
_MOST_LOOKED_AT = 5_000


class PrefixIndex(Generic[T]):
    """Names with what they stand for, in the order of preference.

    All keys lie in one string: finding the beginning of a word in 20,000 names is one scan of a megabyte and a half
    at the speed of memory, and nothing has to be held for every word.
    """

    def __init__(self, names: Iterable[tuple[str, T]]) -> None:
        parts: list[str] = []
        self._starts: list[int] = []
        self._items: list[T] = []
        length = 0
        for name, item in names:
            part = f" {match_key(name)}\n"
            self._starts.append(length)
            self._items.append(item)
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
