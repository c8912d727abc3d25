"""The registry in memory: light rows of all organisations, filtered, counted and sorted without a query.

Read by one query per version of what is published, whatever the size of the registry and of the bank.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from portal.core import faceted, versions
from portal.core.faceted import Filters
from portal.organisations.models import Organisation
from practices.models import PracticePage
from search.text import match_key, sort_key

REGIONAL = "region"  # value of the municipality filter for organisations of the region itself
OPEN, CLOSED = "open", "closed"
WITH_PRACTICES = "yes"
FACETS = ("municipality", "kind", "state", "practices")


@dataclass(frozen=True, slots=True)
class Entry:
    """An organisation in a list."""

    id: int
    slug: str
    name: str
    short_name: str
    kind: str
    kind_label: str
    places: tuple[str, ...]  # slugs of the municipality and of the city district
    place: str
    is_open: bool
    practices: int
    key: str
    order: str
    place_order: str

    def values(self, facet: str) -> tuple[str, ...]:
        """Values of this organisation in a facet."""
        if facet == "municipality":
            return self.places or (REGIONAL,)
        if facet == "kind":
            return (self.kind,) if self.kind else ()
        if facet == "state":
            return (OPEN if self.is_open else CLOSED,)
        return (WITH_PRACTICES,) if self.practices else ()


def _build() -> list[Entry]:
    own = PracticePage.objects.listed().order_by().filter(organisation=OuterRef("pk")).values("organisation")
    number = Subquery(own.annotate(number=Count("pk")).values("number"), output_field=IntegerField())
    rows = Organisation.objects.select_related("kind", "municipality", "city_district")
    return [_entry(row) for row in rows.annotate(practices=Coalesce(number, 0)).order_by("name_sort", "pk")]


def _entry(row: Any) -> Entry:
    municipality, district = row.municipality, row.city_district
    where = [row.settlement]
    if municipality is not None and match_key(municipality.short_name) != match_key(row.settlement):
        where.append(municipality.short_name)
    where.append(district.short_name if district else "")
    return Entry(
        id=row.pk,
        slug=row.slug,
        name=row.name,
        short_name=row.short_name,
        kind=row.kind.slug if row.kind else "",
        kind_label=row.kind.label if row.kind else "",
        places=tuple(place.slug for place in (municipality, district) if place is not None),
        place=", ".join(filter(None, where)),
        is_open=row.is_open,
        practices=row.practices,
        key=f"{row.name_match} {match_key(row.short_name)} {match_key(row.settlement)} {row.inn}",
        order=row.name_sort,
        place_order=municipality.name_sort if municipality else sort_key(""),
    )


_registry = versions.Memo("directory-registry", _build)


def registry() -> list[Entry]:
    """Return all organisations in Russian alphabetical order of their short names."""
    return _registry.get()


def select(filters: Filters) -> list[Entry]:
    """Return the organisations that satisfy `filters`, in alphabetical order."""
    return faceted.select(registry(), filters)


def counts(filters: Filters) -> dict[str, Counter[str]]:
    """Return the numbers by facet and value, each facet under the choices of the others."""
    return faceted.counts(registry(), FACETS, filters)


def in_order(found: Sequence[Entry], sort: str) -> list[Entry]:
    """Return organisations by number of practices («practices»), by place («place») or as they stand («name»)."""
    if sort == "practices":
        return sorted(found, key=lambda entry: -entry.practices)
    if sort == "place":
        return sorted(found, key=lambda entry: entry.place_order)
    return list(found)


def relief(filters: Filters) -> tuple[str, int] | None:
    """Return the one facet (or the words) whose absence finds most, and how many; None when nothing helps."""
    return faceted.relief(registry(), filters)
