"""The database's own search, asked with plain words alone.

Wagtail's lists and choosers hand over what people typed as it is, and full-text tables answer an error to a lone quote.
"""

from __future__ import annotations

from typing import Any

from modelsearch.backends.base import BaseSearchBackend
from modelsearch.backends.database import SearchBackend as stock

from search.engines.query import words_of


class _PlainWords:
    """Takes everything that is no word out of a query; one without words finds nothing."""

    def search(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        return super().search(_plain(query), *args, **kwargs)  # type: ignore[misc]

    def autocomplete(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        return super().autocomplete(_plain(query), *args, **kwargs)  # type: ignore[misc]


def _plain(query: Any) -> Any:
    return " ".join(words_of(query)) if isinstance(query, str) else query


def SearchBackend(params: dict[str, Any]) -> BaseSearchBackend:
    """Return the backend of the database in use; `params` are those of WAGTAILSEARCH_BACKENDS."""
    kind = type(stock(params))
    return type(kind.__name__, (_PlainWords, kind), {})(params)
