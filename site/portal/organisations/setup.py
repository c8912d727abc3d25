"""Municipalities of a real start."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import transaction

from portal.organisations.models import Municipality
from portal.vocabularies.setup import not_offered, read_reference
from search.text import match_key

REFERENCE = Path(__file__).parent / "reference" / "municipalities.yaml"
_FIELDS = ("slug", "name", "short_name", "genitive", "kind", "centre", "oktmo", "aliases")


def setup() -> Iterator[str]:
    """Make the municipalities and city districts that are missing; yield a line when there were any.

    Nothing that exists is changed, and what editors renamed or deleted is not made again.
    """
    made = _setup()
    if made:
        yield f"Муниципалитеты и районы города: {made}"


@transaction.atomic
def _setup() -> int:
    rows = read_reference(REFERENCE)
    flat: list[tuple[dict[str, Any], str]] = []
    for row in rows:
        flat.append((row, ""))
        flat.extend((child, row["slug"]) for child in row.get("children", []))
    fresh = not_offered("municipalities", [row["slug"] for row, _ in flat])
    made = 0
    for row, parent in flat:
        known = Municipality.objects.filter(slug=row["slug"]) | Municipality.objects.filter(
            name_match=match_key(row["name"])
        )
        if row["slug"] not in fresh or known.exists():
            continue
        above = Municipality.objects.filter(slug=parent).first() if parent else None
        if parent and above is None:
            continue  # the city was deleted by editors: its districts would hang on nothing
        Municipality.objects.create(parent=above, **{name: row[name] for name in _FIELDS if name in row})
        made += 1
    return made
