"""News about a page of a room below them: upper rooms say what they know, lower rooms show it.

mentions.register(queries.about)      # in AppConfig.ready of the upper room
context["news"] = mentions.of(page.pk)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

Row = dict[str, Any]
Source = Callable[[int], Sequence[Row]]
_sources: list[Source] = []


def register(source: Source) -> Source:
    """Let a room tell of what it published about a page; usable as a decorator, twice is once.

    `source` takes the key of a page and returns values of `components/news.html`; it must keep what it reads.
    """
    if source not in _sources:
        _sources.append(source)
    return source


def of(page_id: int) -> list[Row]:
    """Return what every registered room tells of the page."""
    return [row for source in _sources for row in source(page_id)]
