"""Reference vocabularies and the first topics of a real start."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from portal.vocabularies.enums import Vocabulary
from portal.vocabularies.models import VOCABULARY_MODELS, ReferenceEntry, Tag, Term
from search.text import match_key

REFERENCE = Path(__file__).parent / "reference"
TAGS = "tags"


def read_reference(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a reference file as they are written."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def not_offered(kind: str, slugs: list[str]) -> set[str]:
    """Return those of `slugs` that the reference data bring for the first time, and remember them as offered.

    Call it in the transaction that makes the rows.
    """
    offered = set(ReferenceEntry.objects.filter(kind=kind).values_list("slug", flat=True))
    fresh = [slug for slug in slugs if slug not in offered]
    ReferenceEntry.objects.bulk_create(ReferenceEntry(kind=kind, slug=slug) for slug in fresh)
    return set(fresh)


def setup() -> Iterator[str]:
    """Make the values that are missing and yield a line for each dictionary that grew.

    Nothing that exists is changed, and a value that editors renamed or deleted is not made again.
    """
    for vocabulary in sorted(Vocabulary, key=lambda item: item == Vocabulary.DEFICIT):  # deficits need their groups
        made = _setup_vocabulary(vocabulary)
        if made:
            yield f"{vocabulary.label}: {made}"
    made = _setup_tags()
    if made:
        yield f"Темы: {made}"


@transaction.atomic
def _setup_vocabulary(vocabulary: Vocabulary) -> int:
    rows = list(_flat(read_reference(REFERENCE / f"{vocabulary.value}.yaml")))
    fresh = not_offered(vocabulary, [row["slug"] for row, _ in rows])
    parents = VOCABULARY_MODELS[vocabulary].PARENTS
    existing = set(Term.objects.filter(vocabulary=vocabulary).values_list("slug", flat=True))
    made = 0
    for order, (row, parent) in enumerate(rows, start=1):
        if row["slug"] not in fresh or row["slug"] in existing:
            continue
        above = Term.objects.filter(vocabulary=parents, slug=parent).first() if parent else None
        if Term.objects.filter(vocabulary=vocabulary, parent=above, title_match=match_key(row["title"])).exists():
            continue
        Term.objects.create(
            vocabulary=vocabulary,
            slug=row["slug"],
            title=row["title"],
            short_title=row.get("short_title", ""),
            description=row.get("description", ""),
            data=row.get("data", {}),
            parent=above,
            order=order * 10,
        )
        made += 1
    return made


def _flat(rows: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], str]]:
    for row in rows:
        yield row, row.get("parent", "")
        for child in row.get("children", []):
            yield child, row["slug"]


@transaction.atomic
def _setup_tags() -> int:
    rows = read_reference(REFERENCE / f"{TAGS}.yaml")
    fresh = not_offered(TAGS, [row["slug"] for row in rows])
    groups = {term.slug: term for term in Term.objects.filter(vocabulary=Vocabulary.TAG_GROUP)}
    taken = set(Tag.objects.values_list("slug", flat=True))
    made = 0
    for row in rows:
        if row["slug"] in fresh and row["slug"] not in taken and Tag.objects.named(row["name"]) is None:
            Tag.objects.create(name=row["name"], slug=row["slug"], group=groups.get(row["group"]))
            made += 1
    return made
