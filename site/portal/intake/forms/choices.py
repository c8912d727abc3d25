"""What may be chosen in a field: its own list, a dictionary of the portal, municipalities or districts of a city."""

from __future__ import annotations

from dataclasses import dataclass

from portal.organisations import choices as places
from portal.vocabularies import choices as dictionaries
from portal.vocabularies.models import VOCABULARY_MODELS

MUNICIPALITIES = "municipalities"
CITY_DISTRICTS = "city_districts"


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a field: what is kept, what people read, and under which heading it stands."""

    value: str
    label: str
    group: str = ""
    pk: int | None = None  # of the row behind it, where there is one


def vocabulary_choices(vocabulary: str, levels: int = 1) -> list[Choice]:
    """Return the values of a dictionary; with `levels=2` what belongs to a value follows it.

    A dictionary whose values belong to another (difficulties to their groups) comes under the headings of that one.
    No query once the dictionaries are in memory.
    """
    if vocabulary == MUNICIPALITIES:
        return [Choice(row.slug, row.short_name, pk=row.id) for row in places.municipalities()]
    if vocabulary == CITY_DISTRICTS:
        return [Choice(row.slug, row.short_name, pk=row.id) for row in places.city_districts()]
    found = dictionaries.terms(vocabulary)
    own = {term.slug for term in found}
    return [
        Choice(
            term.slug,
            term.title,
            _heading(vocabulary, term.parent_slug) if term.parent_slug not in own else "",
            term.id,
        )
        for term in found
        if levels > 1 or not term.parent_slug or term.parent_slug not in own
    ]


def _heading(vocabulary: str, parent_slug: str) -> str:
    parents = VOCABULARY_MODELS[vocabulary].PARENTS if parent_slug else None
    return next((term.title for term in dictionaries.terms(parents) if term.slug == parent_slug), "") if parents else ""
