"""What other rooms ask of the contests: rows for the home page, topics, organisations and practices."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.utils import timezone

from contests.domain import awards, editions
from contests.domain.editions import Edition
from contests.domain.standing import Standing
from portal.organisations.models import Organisation
from portal.vocabularies.models import Tag

Row = dict[str, Any]
NewsSource = Callable[[int], Sequence[Row]]
_news_sources: list[NewsSource] = []


def register_news_source(source: NewsSource) -> NewsSource:
    """Let a room above tell of news about a contest; usable as a decorator.

    `source` takes the key of a contest's page and returns values of `components/news.html`.
    """
    _news_sources.append(source)
    return source


def news_about(page_id: int) -> list[Row]:
    """Return news about a contest from every registered source."""
    return [row for source in _news_sources for row in source(page_id)]


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
