"""Results that everybody may see, as light rows in memory: the archive of winners, organisations, exports.

A row is shown from the day of its contest's results; a name only while its owner's consent stands.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from contests.domain import editions
from contests.enums import SECTION_URL, Place
from contests.models import ContestPage, ContestResult
from portal.core import versions
from portal.core.publicity import public
from practices.enums import SECTION_URL as PRACTICES_URL
from practices.models import PracticePage
from search.text import match_key, sort_key

_PLACES = tuple(Place)
# Long texts of a contest that a row of its results does not show
_HEAVY = ("body", "criteria", "requirements", "files", "how_to_enter", "conditions", "organisers", "purpose", "awards")


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
    titles = {
        (page.pk, nomination.slug): (order, nomination.title) for order, nomination in enumerate(page.nominations.all())
    }
    practices = _practices(row.practice_id for row in rows if row.practice_id)
    return [_award(row, page, titles, practices) for row in rows]


def of_practice(url: str) -> list[Award]:
    """Return the shown results that lead to the practice at `url`."""
    return [award for award in awards() if award.practice is not None and award.practice.url == url]


def _read() -> list[Award]:
    """Read the rows with their contests and everything they name, then the practices: two queries."""
    shown = public(
        ContestResult.objects.filter(page__results_are_public=True, page__results_on__isnull=False), prefix="page__"
    )
    rows = list(
        shown.select_related("page__series", "organisation", "municipality", "position", "consent")
        .defer(*(f"page__{name}" for name in _HEAVY))
        .order_by("page_id", "sort_order", "pk")
    )
    practices = _practices(row.practice_id for row in rows if row.practice_id)
    nominations = {(page, slug): (order, title) for order, (page, slug, title) in enumerate(editions.nominations())}
    made = [
        (
            nominations.get((row.page_id, row.nomination), (0, ""))[0],
            _award(row, row.page, nominations, practices),
        )
        for row in rows
    ]
    made.sort(
        key=lambda pair: (
            -pair[1].year,
            sort_key(pair[1].series_title),
            pair[1].contest_id,
            pair[0],
            _PLACES.index(Place(pair[1].place)),
        )
    )
    return [award for _order, award in made]


def _practices(ids: Iterable[int]) -> dict[int, Link]:
    found = public(PracticePage.objects.filter(pk__in=set(ids))).values_list("pk", "title", "slug")
    return {pk: Link(title, f"{PRACTICES_URL}{slug}/", slug) for pk, title, slug in found}


def _award(
    row: ContestResult,
    contest: ContestPage,
    nominations: dict[tuple[int, str], tuple[int, str]],
    practices: dict[int, Link],
) -> Award:
    organisation, municipality = row.organisation, row.municipality
    title = nominations.get((contest.pk, row.nomination), (0, ""))[1]
    names = (
        contest.title,
        title,
        organisation.name if organisation else "",
        organisation.short_name if organisation else "",
        municipality.short_name if municipality else "",
        row.words,
    )
    return Award(
        contest_id=contest.pk,
        contest=Link(contest.title, f"{SECTION_URL}{contest.slug}/", contest.slug),
        year=contest.year,
        series=contest.series.slug,
        series_title=contest.series.short_title,
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
        expires_at=contest.expire_at,
        is_demo=contest.is_demo,
        key=match_key(" ".join(names)),
    )


_awards = versions.Memo("contest-awards", _read)
