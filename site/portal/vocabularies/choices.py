"""Values of the dictionaries for forms, filters and labels: read once per version, then from memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from portal.core import versions
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


@dataclass(frozen=True, slots=True)
class TagChoice:
    """A topic; `group_slug` is blank for one outside the groups."""

    id: int
    slug: str
    name: str
    group_slug: str = ""


def _build_terms() -> dict[str, list[TermChoice]]:
    rows = list(Term.objects.select_related("parent"))
    places = {row.pk: (row.order, row.title_sort) for row in rows}
    rows.sort(key=lambda row: (places[row.parent_id], 1, places[row.pk]) if row.parent_id else (places[row.pk], 0, ()))
    result: dict[str, list[TermChoice]] = defaultdict(list)
    for row in rows:
        parent = row.parent.slug if row.parent else ""
        result[row.vocabulary].append(
            TermChoice(row.pk, row.slug, row.title, row.label, row.order, parent, row.data or {})
        )
    return dict(result)


def _build_tags() -> list[TagChoice]:
    rows = Tag.objects.order_by("name_sort").values_list("pk", "slug", "name", "group__slug")
    return [TagChoice(pk, slug, name, group or "") for pk, slug, name, group in rows]


_terms = versions.Memo("vocabulary-terms", _build_terms)
_tags = versions.Memo("vocabulary-tags", _build_tags)


def terms(vocabulary: str) -> list[TermChoice]:
    """Return the values of a vocabulary in the editors' order, what belongs to a value right after it."""
    return _terms.get().get(vocabulary, [])


def tags() -> list[TagChoice]:
    """Return all topics in Russian alphabetical order."""
    return _tags.get()
