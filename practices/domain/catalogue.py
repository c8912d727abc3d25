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

from django.db.models import BigIntegerField, Value
from django.utils import timezone

from portal.core import versions
from portal.organisations.models import Municipality
from portal.vocabularies.enums import Vocabulary
from portal.vocabularies.models import Tag, Term
from practices.domain.changes import practices_version
from practices.enums import RecognitionLevel
from practices.models import PracticePage, TaggedPractice
from search.engines.facets import FacetIndex

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
        PracticePage.objects.published()
        .order_by("-published_on", "-pk")
        .values_list(
            "pk", "level", "level_on", "level_until", "municipality_id",
            "organisation__city_district_id", "last_published_at", "expire_at", "published_on",
        )
    )  # fmt: skip
    # Practices without a date are the oldest on every database.
    rows.sort(key=lambda row: row[8] or dt.date.min, reverse=True)
    terms = _Terms()
    tags, places = _tags_and_places()
    tag_slugs = {pk: slug for pk, slug, _ in tags}
    place_slugs = {pk: slug for pk, slug, _, _ in places}
    term_ids, tag_ids = _links()
    levels = {row[0]: RecognitionLevel.holding(row[1], row[3], today) for row in rows}

    def items() -> Iterator[tuple[int, dict[str, list[str]]]]:
        for row in rows:
            facets = terms.facets(term_ids.get(row[0], ()))
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
            **terms.options,
            "tag": {slug: Option(slug, name) for _, slug, name in tags},
            "municipality": dict(_places(places)),
            "level": {level.value: Option(level.value, _capital(level.label)) for level in reversed(RecognitionLevel)},
        },
        stamps={row[0]: f"{row[6].timestamp() if row[6] else 0:.6f}-{levels[row[0]]}" for row in rows},
        expiries=sorted((row[7], row[0]) for row in rows if row[7]),
        day=today,
    )


_memo = versions.Memo("practice-catalogue", _build, version=practices_version)


def _tags_and_places() -> tuple[list[tuple[int, str, str]], list[tuple[int, str, str, int | None]]]:
    """Return topics (key, code, name) and municipalities (key, code, name, whole) in alphabetical order; one query."""
    tag, place = Value(0), Value(1)
    nothing = Value(None, output_field=BigIntegerField())
    rows = (
        Tag.objects.order_by()
        .values_list(tag, "pk", "slug", "name", nothing, "name_sort")
        .union(
            Municipality.objects.order_by().values_list(place, "pk", "slug", "short_name", "parent_id", "name_sort"),
            all=True,
        )
    )
    found = sorted(rows, key=lambda row: row[5])
    return [row[1:4] for row in found if not row[0]], [row[1:5] for row in found if row[0]]


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


def _places(rows: list[Any]) -> Iterator[tuple[str, Option]]:
    """Municipalities in order, each followed by the districts of its city."""
    slugs = {pk: slug for pk, slug, _, _ in rows}
    districts = defaultdict(list)
    for _pk, slug, name, parent in rows:
        if parent:
            districts[parent].append(Option(slug, name, inside=slugs.get(parent, "")))
    for pk, slug, name, parent in rows:
        if not parent:
            yield slug, Option(slug, name)
            yield from ((district.value, district) for district in districts[pk])


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


class _Terms:
    """Terms of the faceted vocabularies; a practice marked with a part counts for the whole too."""

    def __init__(self) -> None:
        facet_of = {str(vocabulary): facet for facet, vocabulary in FACET_VOCABULARIES.items()}
        rows = list(Term.objects.filter(vocabulary__in=facet_of).order_by("order", "title_sort"))
        self._terms = {term.pk: term for term in rows}
        self._values: dict[int, tuple[str, list[str]]] = {}
        self.options: dict[str, dict[str, Option]] = {facet: {} for facet in FACET_VOCABULARIES}
        for term in rows:
            facet = facet_of[term.vocabulary]
            line = list(self._line(term))
            if facet == "quality_area":  # the list filters by areas; indicators are a detail of the passport
                line = line[-1:]
            self._values[term.pk] = (facet, [part.slug for part in line])
            if line[0] is term:
                inside = line[1].slug if len(line) > 1 else ""
                self.options[facet][term.slug] = Option(term.slug, term.label, inside, term.data)

    def _line(self, term: Term) -> Iterator[Term]:
        seen: set[int] = set()
        step: Term | None = term
        while step is not None and step.pk not in seen:
            seen.add(step.pk)
            yield step
            above = self._terms.get(step.parent_id) if step.parent_id else None
            step = above if above is not None and above.vocabulary == term.vocabulary else None

    def facets(self, term_ids: Iterable[int]) -> dict[str, list[str]]:
        result: dict[str, set[str]] = defaultdict(set)
        for pk in term_ids:
            if pk in self._values:
                facet, values = self._values[pk]
                result[facet].update(values)
        return {facet: list(values) for facet, values in result.items()}
