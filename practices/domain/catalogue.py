"""The catalogue in memory: which public practices have which values, and the words for the values.

Built by a constant number of queries whatever the size of the bank, kept until a practice or a borrowed name changes.
"""

from __future__ import annotations

import datetime as dt
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Value
from django.utils import timezone

from portal.core import versions
from portal.organisations.choices import city_districts, municipalities
from portal.vocabularies.choices import TermChoice, tags, terms
from portal.vocabularies.enums import Vocabulary
from practices.domain.changes import practices_version
from practices.enums import RecognitionLevel
from practices.models import PracticePage, TaggedPractice
from search.engines.facets import FacetIndex
from search.text import sort_key

FACET_VOCABULARIES: dict[str, Vocabulary] = {
    "area": Vocabulary.AREA,
    "age": Vocabulary.AGE,
    "quality_area": Vocabulary.QUALITY_AREA,
    "kind": Vocabulary.KIND,
    "audience": Vocabulary.AUDIENCE,
    "need": Vocabulary.NEED,
    "deficit": Vocabulary.DEFICIT,
}
FACETS: dict[str, str] = {
    "area": "Образовательная область",
    "age": "Возраст",
    "kind": "Вид практики",
    "municipality": "Муниципалитет",
    "level": "Уровень признания",
    "quality_area": "Область качества",
    "audience": "Для кого",
    "need": "Особые потребности",
    "deficit": "Затруднение педагогов",
    "tag": "Темы",
}
RECOGNISED = "recognised"
_LEVEL_RANK = {RecognitionLevel.BEST: 0, RecognitionLevel.RECOMMENDED: 1, RecognitionLevel.PRESENTED: 2}


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a facet in words; `inside` is the value it is part of, `data` what its dictionary says beside."""

    value: str
    label: str
    inside: str = ""
    data: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def figure(self) -> str:
        """The drawing of an educational area, blank elsewhere."""
        return str(self.data.get("figure", ""))


@dataclass
class Catalogue:
    """Everything a list of practices needs besides the cards themselves."""

    index: FacetIndex
    options: dict[str, dict[str, Option]]
    stamps: dict[int, str]  # what a card of the practice is cached under
    expiries: list[tuple[dt.datetime, int]]
    day: dt.date

    def chosen(self, pk: int, facet: str) -> list[Option]:
        """Return the values of a practice in the dictionary's order; a value stands for the whole that it is part of."""
        held = self.index.values_of(pk, facet)
        options = [option for value, option in self.options[facet].items() if value in held]
        wholes = {option.inside for option in options}
        return [option for option in options if option.value not in wholes]

    def visible(self, within: int | None = None) -> int:
        """Return the bitmap of practices public at this moment: those past their expiry are out at once."""
        bitmap = self.index.all if within is None else within
        now = timezone.now()
        gone = [pk for expires, pk in self.expiries if expires <= now]
        return bitmap & ~self.index.bitmap(gone) if gone else bitmap


def catalogue() -> Catalogue:
    """Return the catalogue of now; a new day renews it, since recognition may run out at midnight."""
    found: Catalogue = _memo.get()
    if found.day != timezone.localdate():
        practices_version.renew()
        found = _memo.get()
    return found


def _build() -> Catalogue:
    today = timezone.localdate()
    rows = list(
        PracticePage.objects.listed()
        .order_by("-published_on", "-pk")
        .values_list(
            "pk", "level", "level_on", "level_until", "municipality_id",
            "organisation__city_district_id", "last_published_at", "expire_at", "published_on",
        )
    )  # fmt: skip
    # Practices without a date are the oldest on every database.
    rows.sort(key=lambda row: row[8] or dt.date.min, reverse=True)
    dictionary = _Terms()
    topics, places = tags(), [*municipalities(), *city_districts()]
    tag_slugs = {tag.id: tag.slug for tag in topics}
    place_slugs = {place.id: place.slug for place in places}
    term_ids, tag_ids = _links()
    levels = {row[0]: RecognitionLevel.holding(row[1], row[3], today) for row in rows}

    def items() -> Iterator[tuple[int, dict[str, list[str]]]]:
        for row in rows:
            facets = dictionary.facets(term_ids.get(row[0], ()))
            facets["tag"] = [tag_slugs[tag] for tag in tag_ids.get(row[0], ()) if tag in tag_slugs]
            facets["municipality"] = [place_slugs[place] for place in (row[4], row[5]) if place in place_slugs]
            facets["level"] = [levels[row[0]]]
            yield row[0], facets

    index = FacetIndex(items())
    by_level = sorted(rows, key=lambda row: row[2] or dt.date.min, reverse=True)
    by_level.sort(key=lambda row: _LEVEL_RANK[levels[row[0]]])
    index.add_order(RECOGNISED, (row[0] for row in by_level))
    return Catalogue(
        index=index,
        options={
            **dictionary.options,
            "tag": {tag.slug: Option(tag.slug, tag.name) for tag in topics},
            "municipality": dict(_places()),
            "level": {level.value: Option(level.value, _capital(level.label)) for level in reversed(RecognitionLevel)},
        },
        stamps={row[0]: f"{row[6].timestamp() if row[6] else 0:.6f}-{levels[row[0]]}" for row in rows},
        expiries=sorted((row[7], row[0]) for row in rows if row[7]),
        day=today,
    )


_memo = versions.Memo("practice-catalogue", _build, version=practices_version)


def _links() -> tuple[dict[int, array[int]], dict[int, array[int]]]:
    """Return keys of terms and of topics by page, of all practices by one query.

    They are read in portions and packed: a large bank has hundreds of thousands of them.
    """
    terms: dict[int, array[int]] = defaultdict(lambda: array("q"))
    tags: dict[int, array[int]] = defaultdict(lambda: array("q"))
    of_terms = PracticePage.terms.through.objects.values_list("practicepage_id", "term_id", Value(0))
    of_tags = TaggedPractice.objects.values_list("content_object_id", "tag_id", Value(1))
    for page, value, is_tag in of_terms.union(of_tags, all=True).iterator(chunk_size=2000):
        (tags if is_tag else terms)[page].append(value)
    return terms, tags


def _places() -> Iterator[tuple[str, Option]]:
    """Municipalities in order, each followed by the districts of its city."""
    for place in municipalities():
        yield place.slug, Option(place.slug, place.short_name)
        for district in city_districts(place.slug):
            yield district.slug, Option(district.slug, district.short_name, inside=place.slug)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


class _Terms:
    """Terms of the faceted vocabularies; a practice marked with a part counts for the whole too."""

    def __init__(self) -> None:
        facet_of = {str(vocabulary): facet for facet, vocabulary in FACET_VOCABULARIES.items()}
        rows = sorted(
            ((vocabulary, term) for vocabulary in facet_of for term in terms(vocabulary)),
            key=lambda row: (row[1].order, sort_key(row[1].title)),
        )
        self._terms = {term.id: (vocabulary, term) for vocabulary, term in rows}
        self._values: dict[int, tuple[str, list[str]]] = {}
        self.options: dict[str, dict[str, Option]] = {facet: {} for facet in FACET_VOCABULARIES}
        for vocabulary, term in rows:
            facet = facet_of[vocabulary]
            line = list(self._line(vocabulary, term))
            if facet == "quality_area":  # the list filters by areas; indicators are a detail of the passport
                line = line[-1:]
            self._values[term.id] = (facet, [part.slug for part in line])
            if line[0] is term:
                inside = line[1].slug if len(line) > 1 else ""
                self.options[facet][term.slug] = Option(term.slug, term.label, inside, term.data)

    def _line(self, vocabulary: str, term: TermChoice) -> Iterator[TermChoice]:
        """Yield a term and the wholes of its own vocabulary that it is part of."""
        seen: set[int] = set()
        step: TermChoice | None = term
        while step is not None and step.id not in seen:
            seen.add(step.id)
            yield step
            of, above = self._terms.get(step.parent_id or 0, ("", None))
            step = above if of == vocabulary else None

    def facets(self, term_ids: Iterable[int]) -> dict[str, list[str]]:
        result: dict[str, set[str]] = defaultdict(set)
        for pk in term_ids:
            if pk in self._values:
                facet, values = self._values[pk]
                result[facet].update(values)
        return {facet: list(values) for facet, values in result.items()}
