"""Titles of the bank that resemble a new one: shown to the author before writing and on «Проверка»."""

from __future__ import annotations

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from portal.core import versions
from practices.domain.catalogue import catalogue
from practices.domain.changes import practices_version
from practices.enums import SECTION_URL
from practices.models import PracticePage
from search.text import match_key

MOST = 3
ENOUGH = 0.5  # of the weight of both titles is in common words
_SHORTEST = 3  # letters of a word that counts
_STEM = 6  # letters by which Russian words of one kind meet: «платок», «платка»


@dataclass(frozen=True, slots=True)
class SimilarTitle:
    """A public practice with a title like the given one; `share` is how much of it, from 0 to 1."""

    page_id: int
    title: str
    url: str
    share: float


@dataclass(frozen=True, slots=True)
class _Titles:
    rows: list[tuple[int, str, str]]  # key of the page, title, slug
    stems: list[frozenset[str]]
    places: dict[str, array[int]]  # stem → numbers of rows

    def weight(self, stems: Iterable[str]) -> float:
        """What the words tell: a rare word more than one that stands in every second title."""
        return sum(math.log(1 + (len(self.rows) + 1) / (1 + len(self.places.get(stem, ())))) for stem in stems)


def similar_titles(title: str, *, exclude: int | None = None) -> list[SimilarTitle]:
    """Return at most three public practices whose titles share most of their words with `title`, the nearest first.

    `exclude` is the key of a page that does not count: the one that a submission updates. Costs no query while the bank
    stands, one after it has changed, whatever its size.
    """
    known: _Titles = _memo.get()
    stems = _stems(title)
    if not stems:
        return []
    shared = Counter(row for stem in stems for row in known.places.get(stem, ()))
    own = known.weight(stems)
    shown = catalogue()
    visible = shown.visible()
    found = []
    for row, _count in shared.most_common(200):
        pk, name, slug = known.rows[row]
        share = 2 * known.weight(stems & known.stems[row]) / (own + known.weight(known.stems[row]))
        if share >= ENOUGH and pk != exclude and shown.index.bitmap([pk]) & visible:
            found.append(SimilarTitle(pk, name, f"{SECTION_URL}{slug}/", round(share, 2)))
    return sorted(found, key=lambda item: (-item.share, item.title))[:MOST]


def _build() -> _Titles:
    rows = list(PracticePage.objects.published().order_by("pk").values_list("pk", "title", "slug"))
    stems = [_stems(title) for _pk, title, _slug in rows]
    places: dict[str, array[int]] = defaultdict(lambda: array("l"))
    for number, of_row in enumerate(stems):
        for stem in of_row:
            places[stem].append(number)
    return _Titles(rows, stems, dict(places))


_memo = versions.Memo("practice-titles", _build, version=practices_version)


def _stems(title: str) -> frozenset[str]:
    words = [word for word in match_key(title).split() if len(word) >= _SHORTEST]
    return frozenset(word[: min(_STEM, max(_SHORTEST, len(word) - 2))] for word in words)
