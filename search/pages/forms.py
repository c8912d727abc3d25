"""What a visitor asks of the search over the whole portal."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

from portal.core.text import single_line

MAX_LENGTH = 200


@dataclass(frozen=True)
class SearchRequest:
    """A query, the type of pages to show, the number of the page; what cannot be read is left out."""

    text: str
    kind: str
    page: int

    @classmethod
    def read(cls, query: QueryDict, kinds: set[str]) -> SearchRequest:
        """Return the request in `query` (`q`, `type`, `page`); an unknown type means all."""
        kind, number = query.get("type", ""), query.get("page", "")
        return cls(
            text=single_line(query.get("q", "")[: 2 * MAX_LENGTH])[:MAX_LENGTH],
            kind=kind if kind in kinds else "",
            page=int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1,
        )
