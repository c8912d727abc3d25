"""Municipalities for forms, filters and uploaded tables: read once per version, then from memory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from portal.core import versions
from portal.core.together import references
from portal.organisations.models import Municipality
from portal.organisations.models.registry import known_keys
from search.text import match_key

# Words that say what kind of municipality it is, not which one
_KIND_WORDS = {
    "г",
    "город",
    "города",
    "герой",
    "городской",
    "муниципальный",
    "округ",
    "го",
    "мо",
    "район",
    "р",
    "н",
} | {
    "волгограда",
    "волгоградской",
    "области",
}


@dataclass(frozen=True, slots=True)
class MunicipalityChoice:
    """A municipality, or a district of a city (then `parent_slug` names the city)."""

    id: int
    slug: str
    name: str
    short_name: str
    genitive: str
    kind: str
    parent_slug: str
    keys: frozenset[str]


@dataclass(frozen=True)
class _Municipalities:
    formations: list[MunicipalityChoice]
    districts: list[MunicipalityChoice]


_rows = references.add(
    "municipalities",
    lambda: (
        Municipality.objects.all(),
        ("pk", "slug", "name", "short_name", "genitive", "kind", "parent__slug", "aliases", "name_sort"),
    ),
)


def _build() -> _Municipalities:
    rows = [
        MunicipalityChoice(
            pk,
            slug,
            name,
            short_name,
            genitive,
            kind,
            parent or "",
            frozenset(known_keys(name, short_name, aliases) | {slug}),
        )
        for pk, slug, name, short_name, genitive, kind, parent, aliases, _sort in sorted(
            _rows(), key=lambda row: (row[-1], row[0])
        )
    ]
    return _Municipalities([row for row in rows if not row.parent_slug], [row for row in rows if row.parent_slug])


_all = versions.Memo("municipalities", _build)


def municipalities() -> list[MunicipalityChoice]:
    """Return the municipal formations in Russian alphabetical order."""
    return _all.get().formations


def city_districts(city: str = "") -> list[MunicipalityChoice]:
    """Return the districts of the city with this slug, or of all cities."""
    return [row for row in _all.get().districts if not city or row.parent_slug == city]


def find_municipality(name: str, among: Iterable[MunicipalityChoice] | None = None) -> MunicipalityChoice | None:
    """Return the municipality that people mean by `name`: full, short, former, a slug, or without words of its kind.

    «Камышин» and «Камышинский» are two; a name that fits several is none.
    """
    rows = list(municipalities() if among is None else among)
    key = match_key(name)
    exact = [row for row in rows if key in row.keys or name == row.slug]
    if not exact:
        core = _core(key)
        exact = [row for row in rows if core and core in {_core(known) for known in row.keys}]
    return exact[0] if len(exact) == 1 else None


def nearest_municipality(name: str, among: Iterable[MunicipalityChoice] | None = None) -> str:
    """Return the short name of the municipality whose names are nearest to `name`, blank when none is near."""
    rows = list(municipalities() if among is None else among)
    known = {key: row.short_name for row in rows for key in (*row.keys, *map(_core, row.keys)) if key}
    for asked in (match_key(name), _core(match_key(name))):
        near = get_close_matches(asked[:100], known, n=1, cutoff=0.6)
        if near:
            return known[near[0]]
    return ""


def _core(key: str) -> str:
    return " ".join(word for word in key.split() if word not in _KIND_WORDS)
