"""Values of the dictionaries for forms, filters and labels: read once per version, then from memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from portal.core import versions
from portal.core.together import references
from portal.vocabularies.models import Tag, Term


@dataclass(frozen=True, slots=True)
class TermChoice:
    """A value of a closed vocabulary; `label` is its short title where there is one."""

    id: int
    slug: str
    title: str
    label: str
    order: int
    parent_slug: str = ""
    data: Mapping[str, Any] = field(default_factory=dict, hash=False)
    parent_id: int | None = None


@dataclass(frozen=True, slots=True)
class TagChoice:
    """A topic; `group_slug` is blank for one outside the groups."""

    id: int
    slug: str
    name: str
    group_slug: str = ""


_term_rows = references.add(
    "terms",
    lambda: (
        Term.objects.all(),
        ("pk", "vocabulary", "slug", "title", "short_title", "order", "title_sort", "parent_id", "data"),
    ),
)
_tag_rows = references.add("tags", lambda: (Tag.objects.all(), ("pk", "slug", "name", "name_sort", "group__slug")))


def _build_terms() -> dict[str, list[TermChoice]]:
    rows = _term_rows()
    slugs = {row[0]: row[2] for row in rows}
    places = {row[0]: (row[5], row[6]) for row in rows}
    rows.sort(key=lambda row: (places[row[7]], 1, places[row[0]]) if row[7] else (places[row[0]], 0, ()))
    result: dict[str, list[TermChoice]] = defaultdict(list)
    for row in rows:
        pk, vocabulary, slug, title, short_title, order, _sort, parent, data = row
        result[vocabulary].append(
            TermChoice(pk, slug, title, short_title or title, order, slugs.get(parent, ""), data or {}, parent)
        )
    return dict(result)


def _build_tags() -> list[TagChoice]:
    rows = sorted(_tag_rows(), key=lambda row: (row[3], row[0]))
    return [TagChoice(pk, slug, name, group or "") for pk, slug, name, _sort, group in rows]


_terms = versions.Memo("vocabulary-terms", _build_terms)
_tags = versions.Memo("vocabulary-tags", _build_tags)


def terms(vocabulary: str) -> list[TermChoice]:
    """Return the values of a vocabulary in the editors' order, what belongs to a value right after it."""
    return _terms.get().get(vocabulary, [])


def tags() -> list[TagChoice]:
    """Return all topics in Russian alphabetical order."""
    return _tags.get()
