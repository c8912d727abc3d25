"""Reads of the bank for other rooms: topics in use, similar practices, practices of an organisation or a place."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

from portal.core import versions
from portal.vocabularies.models import Tag
from practices.domain.catalogue import catalogue
from practices.domain.changes import practices_version
from practices.models import PracticePage
from search.text import sort_key

_SIMILAR_FACETS = {"tag": 2.0, "deficit": 1.5, "area": 1.0, "kind": 1.0, "age": 0.5, "need": 0.5}


@dataclass(frozen=True)
class Topic:
    """A topic in use with the number of its public practices."""

    slug: str
    name: str
    url: str
    group: str
    group_order: int
    count: int


def _all_topics() -> list[Topic]:
    return [
        Topic(
            tag.slug,
            tag.name,
            tag.get_absolute_url(),
            tag.group.title if tag.group else "",
            tag.group.order if tag.group else 10_000,
            0,
        )
        for tag in Tag.objects.select_related("group").order_by("name_sort")
    ]


_topics = versions.Memo("topics", _all_topics, version=practices_version)


def all_topics() -> list[Topic]:
    """Return every topic of the dictionary in alphabetical order, its number not counted; kept in memory."""
    return list(_topics.get())


def topics() -> list[Topic]:
    """Return the topics that public practices have, in alphabetical order; their names are kept in memory."""
    found = catalogue()
    counts = found.index.counts({}, found.visible(), facets=["tag"])["tag"]
    return [replace(topic, count=counts[topic.slug]) for topic in _topics.get() if counts.get(topic.slug)]


def popular(facet: str, count: int) -> list[tuple[str, str, int]]:
    """Return the `count` most used values of a facet: (value, label, number of public practices)."""
    found = catalogue()
    counts = found.index.counts({}, found.visible(), facets=[facet])[facet]
    options = found.options[facet]
    used = [(value, options[value].label, number) for value, number in counts.items() if number and value in options]
    return sorted(used, key=lambda row: (-row[2], sort_key(row[1])))[:count]


def ids_with(choices: dict[str, list[str]], *, start: int = 0, count: int = 1000) -> list[int]:
    """Return ids of public practices that satisfy `choices` (facet → values), new ones first."""
    found = catalogue()
    return found.index.page(found.index.select(choices, found.visible()), start, count)


def count_with(choices: dict[str, list[str]]) -> int:
    """Return how many public practices satisfy `choices` (facet → values)."""
    found = catalogue()
    return found.index.select(choices, found.visible()).bit_count()


def newest(count: int) -> list[int]:
    """Return ids of the newest public practices."""
    return ids_with({}, count=count)


def counts(facet: str) -> dict[str, int]:
    """Return the numbers of public practices by value of a facet, zeros left out."""
    found = catalogue()
    return {value: n for value, n in found.index.counts({}, found.visible(), facets=[facet])[facet].items() if n}


def of_organisation(pk: int) -> list[int]:
    """Return ids of the public practices of an organisation, new ones first; one query."""
    found = catalogue()
    owned = PracticePage.objects.filter(organisation_id=pk, live=True).values_list("pk", flat=True)
    visible = found.visible(found.index.bitmap(owned))
    return found.index.page(visible, 0, visible.bit_count())


def similar(pk: int, count: int = 3) -> list[int]:
    """Return ids of public practices that share most vocabulary with practice `pk`; a rare shared value weighs more.

    [] for a practice that is not in the bank.
    """
    found = catalogue()
    index = found.index
    own = index.bitmap([pk])
    if not own:
        return []
    visible = found.visible() & ~own
    scores: dict[int, float] = {}
    for facet, weight in _SIMILAR_FACETS.items():
        for value in index.values(facet):
            bitmap = index.of_value(facet, value)
            if not bitmap & own:
                continue
            having = bitmap.bit_count()
            rarity = math.log(1 + len(index) / having) * weight
            for other in index.page(bitmap & visible, 0, 400):
                scores[other] = scores.get(other, 0.0) + rarity
    return sorted(scores, key=lambda other: (-round(scores[other], 6), index.place_of(other)))[:count]


def labels(facet: str, values: Iterable[str]) -> list[str]:
    """Return the words for values of a facet."""
    options = catalogue().options[facet]
    return [options[value].label for value in values if value in options]
