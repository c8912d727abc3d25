"""What other rooms ask of the contests: rows for the home page, topics, organisations and practices."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from contests.domain import awards, editions
from contests.domain.editions import Edition
from contests.domain.standing import Standing
from portal.organisations.models import Organisation
from portal.vocabularies.choices import tags
from portal.vocabularies.models import Tag

Row = dict[str, Any]


def row(edition: Edition, stands: Standing) -> Row:
    """Return the values of `components/contest_row.html`."""
    return {
        "title": edition.title,
        "url": edition.url,
        "state": stands.state.value,
        "state_label": stands.state.label,
        "number": stands.number,
        "mark": stands.mark,
        "words": stands.words,
        "line": stands.line,
        "summary": edition.summary,
        "year": edition.year,
        "date_iso": stands.until.isoformat() if stands.until else "",
    }


def rows(found: Iterable[Edition], now: dt.datetime | None = None) -> list[Row]:
    """Return rows of contests in the order in which they matter to a visitor at `now`."""
    moment = now or timezone.now()
    return [row(edition, stands) for edition, stands in editions.in_order(list(found), moment)]


def current(number: int, now: dt.datetime | None = None) -> list[Row]:
    """Return the first `number` contests: open for entries, then running, announced, lately finished."""
    return rows(editions.editions(now), now)[:number]


def for_tag(tag: Tag, number: int | None = None) -> list[Row]:
    """Return contests under a topic."""
    return rows(edition for edition in editions.editions() if tag.pk in edition.tags)[:number]


def topics() -> dict[str, int]:
    """Return the numbers of public contests by topic."""
    slugs = {tag.id: tag.slug for tag in tags()}
    return dict(Counter(slugs[pk] for edition in editions.editions() for pk in edition.tags if pk in slugs))


def by_ids(ids: Iterable[int]) -> list[Row]:
    """Return the public ones among the contests with `ids`."""
    wanted = set(ids)
    return rows(edition for edition in editions.editions() if edition.id in wanted)


def awards_of(organisation: Organisation) -> list[Row]:
    """Return the shown results of an organisation: words, contest, year, nomination and practice, the newest first."""
    return [
        {
            "words": award.words,
            "title": award.contest.title,
            "url": award.contest.url,
            "year": award.year,
            "nomination": award.nomination_title,
            "who": award.name or award.position,
            "practice": award.practice,
        }
        for award in awards.of_organisation(organisation.pk)
    ]
