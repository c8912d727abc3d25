"""A list of practices for one request: which ones, in which order, with which counts, and what empties it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from portal.core import versions
from practices.domain.catalogue import FACETS, RECOGNISED, Catalogue
from practices.domain.changes import practices_version
from practices.models import PracticePage
from search.engines.query import search_ids, words_of

Choices = Mapping[str, list[str]]


@dataclass(frozen=True)
class Relief:
    """A filter that empties a list: what to take off and how many practices there are without it."""

    name: str
    count: int


@dataclass(frozen=True)
class Selection:
    """The practices that answer a query and choices; counted in memory, sliced on demand."""

    catalogue: Catalogue
    query: str
    choices: Choices
    sort: str
    ranked: list[int] | None
    within: int
    bitmap: int

    @property
    def total(self) -> int:
        """How many practices there are."""
        return self.bitmap.bit_count()

    def ids(self, start: int, stop: int) -> list[int]:
        """Return ids from number `start` up to `stop` in the order asked for."""
        index = self.catalogue.index
        if self.sort == "relevance" and self.ranked is not None:
            return index.in_given_order(self.ranked, self.bitmap, start, stop - start)
        order = RECOGNISED if self.sort == RECOGNISED else None
        return index.page(self.bitmap, start, stop - start, order=order)

    def counts(self) -> dict[str, dict[str, int]]:
        """Return counts by facet and value, each facet under the choices of the others."""
        return self.catalogue.index.counts(self.choices, self.within, facets=FACETS)

    def relief(self) -> Relief | None:
        """Return the one filter (or «q») whose absence finds most, when the list is empty and there is such a one."""
        index = self.catalogue.index
        found = [Relief("q", index.select(self.choices, self.catalogue.visible()).bit_count())] if self.query else []
        for name in self.choices:
            others = {facet: values for facet, values in self.choices.items() if facet != name}
            found.append(Relief(name, index.select(others, self.within).bit_count()))
        best = max(found, key=lambda relief: relief.count, default=None)
        return best if best is not None and best.count else None


def select(catalogue: Catalogue, *, query: str, choices: Choices, sort: str) -> Selection:
    """Return the public practices that have all words of `query` and satisfy `choices` (OR inside, AND between)."""
    ranked = found_by_words(query) if query else None
    within = catalogue.visible(None if ranked is None else catalogue.index.bitmap(ranked))
    bitmap = catalogue.index.select(choices, within)
    return Selection(catalogue, query, choices, sort, ranked, within, bitmap)


def found_by_words(query: str) -> list[int]:
    """Return ids of practices with all words of `query`, best first, kept until the bank changes."""
    words = " ".join(words_of(query))
    key = hashlib.sha256(words.encode()).hexdigest()[:32]
    return versions.cached(
        f"practices-found:{key}", lambda: search_ids(PracticePage, words), timeout=3600, version=practices_version
    )
