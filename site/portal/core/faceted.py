"""Lists held in memory: chosen, counted and relieved by facets without a query. OR inside a facet, AND between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeVar

from search.text import match_key

WORDS = "q"  # how words stand among the filters


class Row(Protocol):
    """A light row of a list."""

    @property
    def key(self) -> str:
        """The match key that words are looked for in."""

    def values(self, facet: str) -> tuple[str, ...]:
        """Values of the row in a facet."""


RowType = TypeVar("RowType", bound=Row)


@dataclass(frozen=True)
class Filters:
    """What is asked of a list: words, and values by facet."""

    query: str = ""
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def chosen(self, facet: str) -> tuple[str, ...]:
        """The chosen values of a facet."""
        return self.values.get(facet, ())

    def without(self, name: str) -> Filters:
        """The same without one facet, or without the words (`q`)."""
        if name == WORDS:
            return replace(self, query="")
        return replace(self, values={facet: values for facet, values in self.values.items() if facet != name})

    @property
    def asked(self) -> list[str]:
        """Names of what is asked: `q`, facets."""
        return [WORDS] * bool(self.query) + [facet for facet, values in self.values.items() if values]

    @property
    def params(self) -> list[tuple[str, str]]:
        """The pairs of an address that say the same."""
        words = [(WORDS, self.query)] if self.query else []
        return [*words, *((facet, value) for facet, values in self.values.items() for value in values)]


def select(rows: Iterable[RowType], filters: Filters) -> list[RowType]:
    """Return the rows that satisfy `filters`, in their order."""
    words = match_key(filters.query).split()
    wanted = [(facet, set(values)) for facet, values in filters.values.items() if values]
    return [
        row
        for row in rows
        if all(word in row.key for word in words)
        and all(values.intersection(row.values(facet)) for facet, values in wanted)
    ]


def counts(rows: Sequence[RowType], facets: Iterable[str], filters: Filters) -> dict[str, Counter[str]]:
    """Return the numbers by facet and value, each facet under the choices of the others."""
    return {
        facet: Counter(value for row in select(rows, filters.without(facet)) for value in row.values(facet))
        for facet in facets
    }


def relief(rows: Sequence[RowType], filters: Filters) -> tuple[str, int] | None:
    """Return the one facet (or `q`) whose absence finds most, and how many; None when nothing helps."""
    found = [(name, len(select(rows, filters.without(name)))) for name in filters.asked]
    best = max(found, key=lambda item: item[1], default=("", 0))
    return best if best[1] else None
