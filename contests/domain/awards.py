"""Results that everybody may see, as light rows in memory: the archive of winners, organisations, exports.

A row is shown from the day of its contest's results; a name only while its owner's consent stands.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from contests.domain.editions import Edition, editions, of_page
from contests.enums import Place
from contests.models import ContestPage, ContestResult
from portal.core import versions
from portal.core.publicity import public
from practices.enums import SECTION_URL as PRACTICES_URL
from practices.models import PracticePage
from search.text import match_key, sort_key

_PLACES = tuple(Place)


@dataclass(frozen=True)
class Link:
    """A named place of the portal."""

    title: str
    url: str
    slug: str = ""


@dataclass(frozen=True)
class Award:
    """What somebody was awarded in one year of a contest."""

    contest_id: int
    contest: Link
    year: int
    series: str
    series_title: str
    nomination: str
    nomination_title: str
    place: str
    words: str
    organisation: Link | None
    organisation_id: int | None
    municipality: Link | None
    position: str
    consented_name: str
    name_until: dt.date | None
    practice: Link | None
    protocol_id: int | None
    results_on: dt.date | None
    expires_at: dt.datetime | None
    is_demo: bool
    key: str

    @property
    def name(self) -> str:
        """The name of the person while the consent stands, else blank."""
        gone = self.name_until is not None and self.name_until < timezone.localdate()
        return "" if gone else self.consented_name

    @property
    def who(self) -> str:
        """Who was awarded, as far as it may be told: the name, else the post, else the organisation."""
        return self.name or self.position or (self.organisation.title if self.organisation else "")

    def values(self, facet: str) -> tuple[str, ...]:
        """Values of the row in a facet of the archive."""
        if facet == "municipality":
            return (self.municipality.slug,) if self.municipality else ()
        value = {"year": str(self.year), "series": self.series, "nomination": self.nomination, "place": self.place}[
            facet
        ]
        return (value,) if value else ()


def awards() -> list[Award]:
    """Return the results shown today: the newest year first, by contest, nomination and place."""
    now, today = timezone.now(), timezone.localdate()
    return [
        award
        for award in _awards.get()
        if award.results_on is not None
        and award.results_on <= today
        and (award.expires_at is None or award.expires_at > now)
    ]


def of_contest(page_id: int) -> list[Award]:
    """Return the shown results of one contest."""
    return [award for award in awards() if award.contest_id == page_id]


def of_organisation(organisation_id: int) -> list[Award]:
    """Return the shown results of an organisation."""
    return [award for award in awards() if award.organisation_id == organisation_id]


def of_draft(page: ContestPage) -> list[Award]:
    """Return the results of a page as it is edited, whoever may see them: for a preview."""
    rows = list(page.results.all())
    practices = _practices(row.practice_id for row in rows if row.practice_id)
    edition = of_page(page)
    return [_award(row, edition, practices) for row in rows]


def of_practice(url: str) -> list[Award]:
    """Return the shown results that lead to the practice at `url`."""
    return [award for award in awards() if award.practice is not None and award.practice.url == url]


def _read() -> list[Award]:
    """Read the results of every public contest that shows them some day; contests and nominations are in memory."""
    contests = {edition.id: edition for edition in editions() if edition.results_on is not None}
    rows = list(
        ContestResult.objects.filter(page_id__in=contests)
        .select_related("organisation", "municipality", "position", "consent")
        .order_by("page_id", "sort_order", "pk")
    )
    practices = _practices(row.practice_id for row in rows if row.practice_id)
    found = [_award(row, contests[row.page_id], practices) for row in rows]
    return sorted(found, key=lambda award: _order(award, contests[award.contest_id]))


def _order(award: Award, contest: Edition) -> tuple[Any, ...]:
    codes = [nomination.slug for nomination in contest.nominations]
    nomination = codes.index(award.nomination) if award.nomination in codes else -1
    place = _PLACES.index(Place(award.place))
    return -award.year, sort_key(award.series_title), award.contest_id, nomination, place


def _practices(ids: Iterable[int]) -> dict[int, Link]:
    found = public(PracticePage.objects.filter(pk__in=set(ids))).values_list("pk", "title", "slug")
    return {pk: Link(title, f"{PRACTICES_URL}{slug}/", slug) for pk, title, slug in found}


def _award(row: ContestResult, contest: Edition, practices: dict[int, Link]) -> Award:
    organisation, municipality = row.organisation, row.municipality
    title = next((known.title for known in contest.nominations if known.slug == row.nomination), "")
    names = (
        contest.title,
        title,
        organisation.name if organisation else "",
        organisation.short_name if organisation else "",
        municipality.short_name if municipality else "",
        row.words,
    )
    return Award(
        contest_id=contest.id,
        contest=Link(contest.title, contest.url),
        year=contest.year,
        series=contest.series,
        series_title=contest.series_title,
        nomination=row.nomination if title else "",
        nomination_title=title,
        place=row.place,
        words=row.words,
        organisation=Link(organisation.short_name, organisation.get_absolute_url(), organisation.slug)
        if organisation
        else None,
        organisation_id=row.organisation_id,
        municipality=Link(municipality.short_name, municipality.get_absolute_url(), municipality.slug)
        if municipality
        else None,
        position=row.position.label if row.position else "",
        consented_name=row.public_name,
        name_until=row.consent.valid_until if row.consent else None,
        practice=practices.get(row.practice_id) if row.practice_id else None,
        protocol_id=row.protocol_id,
        results_on=contest.results_on,
        expires_at=contest.expires_at,
        is_demo=contest.is_demo,
        key=match_key(" ".join(names)),
    )


_awards = versions.Memo("contest-awards", _read)
