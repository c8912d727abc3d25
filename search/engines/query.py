"""The one way to ask the search engine: it answers with ids and never with an error.

Stock backends fail on a lone quote, on spaces, on NUL and on five hundred words, and a remote engine may be away.
"""

from __future__ import annotations

import logging
import re
from contextlib import nullcontext
from functools import lru_cache
from typing import Any

from django.db import DatabaseError, connections, models, transaction
from django.db.models.functions import Cast
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from wagtail.search.backends import get_search_backend

from search.text import match_key

logger = logging.getLogger("search")

MAX_QUERY = 200  # characters
MAX_WORDS = 12
SHORTEST_PREFIX = 4  # letters; a highlighted word may differ in its ending only when it is at least so long
ENDING = 2  # letters that Russian words of one kind usually differ in

_TOKEN = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


def words_of(text: str) -> list[str]:
    """Return the words of a query as engines take them: lower case, letters and digits only, no operators.

    At most `MAX_WORDS` of the first `MAX_QUERY` characters; quotes, brackets, asterisks, control and bidi marks go.
    """
    return match_key(text.replace("\x00", " ")[:MAX_QUERY]).split()[:MAX_WORDS]


def search_ids(source: type[models.Model] | models.QuerySet[Any], text: str, *, limit: int = 20_000) -> list[int]:
    """Return primary keys of what has all words of `text`, best first, at most `limit`; [] when there are no words.

    Never raises: when the engine fails, the fault is logged and titles are compared in the database instead.
    """
    words = words_of(text)
    queryset: models.QuerySet[Any] = source._default_manager.all() if isinstance(source, type) else source
    if not words:
        return []
    try:
        # After a failed statement PostgreSQL refuses the rest of a transaction; without one nothing is to be saved, and
        # on SQLite opening one would take the lock of writers.
        inside = connections[queryset.db].in_atomic_block
        with transaction.atomic(using=queryset.db) if inside else nullcontext():
            return _ask_engine(queryset.order_by(), " ".join(words), limit)
    except Exception:  # engines raise errors of their clients, of the network and of SQL alike
        logger.exception("search engine failed, titles are compared instead")
    try:
        return _compare_titles(queryset, words, limit)
    except DatabaseError:
        logger.exception("comparing titles failed too")
        return []


def _ask_engine(queryset: models.QuerySet[Any], query: str, limit: int) -> list[int]:
    backend = get_search_backend()
    results = backend.search(query, queryset, operator="and")
    if type(results).__name__ == "SQLiteSearchResults":
        return _sqlite_ids(results, queryset, limit)
    if hasattr(results, "get_queryset"):
        return list(results[:limit].get_queryset().values_list("pk", flat=True))
    return [found.pk for found in results[:limit]]


def _sqlite_ids(results: Any, queryset: models.QuerySet[Any], limit: int) -> list[int]:
    """Ask the full-text table directly: the backend's own ranking is a subquery per hit, quadratic in hits."""
    from modelsearch.backends.database.sqlite import sqlite  # noqa: PLC0415 - exists on SQLite alone

    compiler = results.query_compiler
    config = compiler.get_config(results.backend)
    expression = compiler.build_search_query(sqlite.normalize(compiler.query), config=config)
    match = sqlite.MatchExpression(compiler.FTS_TABLE_FIELDS, expression)
    types = sqlite.get_descendants_content_types_pks(queryset.model)
    entries = sqlite.SQLiteFTSIndexEntry.objects.filter(match, index_entry__content_type__in=types)
    if queryset.query.where:
        # Looked up for each hit: a list of all wanted keys would be as long as the table, however rare the word.
        key = Cast(models.OuterRef("index_entry__object_id"), models.BigIntegerField())
        entries = entries.filter(models.Exists(queryset.filter(pk=key)))
    entries = entries.annotate(score=compiler._build_rank_expression(compiler.get_search_vectors(), config))
    entries = entries.order_by("score", "-index_entry__object_id")
    return [int(pk) for pk in entries.values_list("index_entry__object_id", flat=True)[:limit]]


def _compare_titles(queryset: models.QuerySet[Any], words: list[str], limit: int) -> list[int]:
    names = [field.name for field in queryset.model._meta.get_fields() if hasattr(field, "attname")]
    field = next((name for name in ("title", "name") if name in names), None)
    if field is None:
        return []
    found: list[int] = []
    for pk, title in queryset.values_list("pk", field).iterator(chunk_size=2000):
        key = match_key(title or "")
        if all(word in key for word in words):
            found.append(pk)
            if len(found) == limit:
                break
    return found


@lru_cache(maxsize=8192)
def _keys_of(word: str) -> tuple[str, ...]:
    """The keys of one written word; the words of a page of results repeat."""
    return tuple(match_key(word).split())


@lru_cache(maxsize=256)
def _stems(query: str) -> tuple[str, ...]:
    return tuple(word if len(word) < SHORTEST_PREFIX + ENDING else word[:-ENDING] for word in words_of(query))


def highlight(text: str, query: str) -> SafeString:
    """Return `text` escaped, with words that begin like a word of `query` in <mark>.

    Long words may differ in their ending, as Russian ones do; case and ё do not count.
    """
    stems = _stems(query)
    if not stems:
        return conditional_escape(text)
    parts: list[str] = []
    end = 0
    for token in _TOKEN.finditer(text):
        pieces = _keys_of(token[0])
        if any(
            piece == stem or (len(stem) >= SHORTEST_PREFIX and piece.startswith(stem))
            for piece in pieces
            for stem in stems
        ):
            parts += [
                str(conditional_escape(text[end : token.start()])),
                f"<mark>{conditional_escape(token[0])}</mark>",
            ]
            end = token.end()
    parts.append(str(conditional_escape(text[end:])))
    return mark_safe("".join(parts))
