"""Public contests as light rows in memory: lists, the home page, topics and calendars of contests read them here."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.utils import timezone

from contests.domain.standing import Standing, boundaries, standing
from contests.enums import SECTION_URL, ContestState
from contests.models import ContestNomination, ContestPage, ContestSeries, ContestStage, TaggedContest
from portal.core import versions
from portal.core.together import Row, references
from search.text import match_key

T = TypeVar("T")


@dataclass(frozen=True)
class LightStage:
    """A stage without its page."""

    title: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    is_intake: bool
    mode: str
    place: str
    content: str

    @classmethod
    def of(cls, row: ContestStage) -> LightStage:
        """Return the light copy of a row."""
        return cls(row.title, row.starts_at, row.ends_at, row.is_intake, row.get_mode_display(), row.place, row.content)


@dataclass(frozen=True)
class LightNomination:
    """A nomination without its page."""

    slug: str
    title: str
    who: str
    text: str

    @classmethod
    def of(cls, row: ContestNomination) -> LightNomination:
        """Return the light copy of a row."""
        return cls(row.slug, row.title, row.who_may_enter, row.description)


@dataclass(frozen=True)
class Edition:
    """One year of a contest as lists know it; `results_on` is None while results are not to be shown at all."""

    id: int
    title: str
    url: str
    summary: str
    year: int
    series: str
    series_title: str
    full_title: str
    level: str
    contest_object: str
    stages: tuple[LightStage, ...]
    nominations: tuple[LightNomination, ...]
    tags: frozenset[int]
    cancel_reason: str | None
    results_on: dt.date | None
    expires_at: dt.datetime | None
    is_demo: bool
    key: str

    def values(self, facet: str) -> tuple[str, ...]:
        """Values of the edition in a facet of the list."""
        if facet == "nomination":
            return tuple(nomination.slug for nomination in self.nominations)
        return (self.series,) if facet == "series" else (str(self.year),)

    def standing(self, now: dt.datetime) -> Standing:
        """Where the contest stands at `now`."""
        return standing(
            self.stages,
            now,
            year=self.year,
            cancel_reason=self.cancel_reason,
            results_on=self.shown_results_on(timezone.localdate(now)),
        )

    def shown_results_on(self, today: dt.date) -> dt.date | None:
        """The day of the results when everybody may see them on `today`, else None."""
        return self.results_on if self.results_on is not None and self.results_on <= today else None


def editions(now: dt.datetime | None = None) -> list[Edition]:
    """Return every public contest, the newest year first; one whose time ran out a moment ago is not among them."""
    moment = now or timezone.now()
    return [edition for edition in _editions.get() if edition.expires_at is None or edition.expires_at > moment]


def next_boundary() -> dt.datetime | None:
    """Return when the next stage of any public contest begins or is over."""
    now = timezone.now()
    coming = (moment for edition in _editions.get() for moment in boundaries(edition.stages) if moment > now)
    return min(coming, default=None)


def in_order(rows: Sequence[Edition], now: dt.datetime) -> list[tuple[Edition, Standing]]:
    """Return contests with their standings as visitors need them: open ones first, those that end sooner before."""
    return sorted(((edition, edition.standing(now)) for edition in rows), key=_urgency)


_ORDER = (
    ContestState.OPEN,
    ContestState.RUNNING,
    ContestState.ANNOUNCED,
    ContestState.FINISHED,
    ContestState.CANCELLED,
)


def _urgency(pair: tuple[Edition, Standing]) -> tuple[int, float, str]:
    edition, stands = pair
    if stands.until is not None:
        return _ORDER.index(stands.state), stands.until.timestamp(), edition.title
    last = max((stage.ends_at.timestamp() for stage in edition.stages), default=0.0)
    return _ORDER.index(stands.state), -last or -edition.year, edition.title


_SERIES = "series__"
_PAGE = (
    "pk", "title", "slug", "summary", "year", "full_title", "is_cancelled", "cancel_reason", "results_are_public",
    "results_on", "expire_at", "is_demo", "series__slug", "series__short_title", "series__level",
    "series__contest_object", "series__title", "series__full_title", "series__aliases", "series__title_sort",
)  # fmt: skip
_ROW = ("page_id", "sort_order", "pk", "slug", "title")
_STAGE = (*_ROW, "starts_at", "ends_at", "is_intake", "mode", "place", "content")
_NOMINATION = (*_ROW, "who_may_enter", "description")
# Every kept page asks when the next stage begins, so these few rows are read with the references.
_page_rows = references.add("contests", lambda: (ContestPage.objects.published(), _PAGE))
_stage_rows = references.add("contest-stages", lambda: (ContestStage.objects.all(), _STAGE))
_nomination_rows = references.add("contest-nominations", lambda: (ContestNomination.objects.all(), _NOMINATION))
_tag_rows = references.add("contest-tags", lambda: (TaggedContest.objects.all(), ("content_object_id", "tag_id")))


def _read() -> list[Edition]:
    stages = _by_page(_stage_rows(), lambda row: LightStage.of(ContestStage(**dict(zip(_STAGE, row, strict=True)))))
    nominations = _by_page(
        _nomination_rows(),
        lambda row: LightNomination.of(ContestNomination(**dict(zip(_NOMINATION, row, strict=True)))),
    )
    tags = defaultdict(set)
    for page, tag in _tag_rows():
        tags[page].add(tag)
    pages = sorted(map(_page, _page_rows()), key=lambda page: (-page.year, page.series.title_sort, page.pk))
    return [light(page, stages[page.pk], nominations[page.pk], tags[page.pk]) for page in pages]


def _by_page(rows: list[Row], light: Callable[[Row], T]) -> dict[int, list[T]]:
    found: dict[int, list[T]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row[0], row[1] or 0, row[2])):
        found[row[0]].append(light(row))
    return found


def _page(row: Row) -> ContestPage:
    """Return a page that knows what lists show."""
    values = dict(zip(_PAGE, row, strict=True))
    series = {name: values.pop(name) for name in _PAGE if name.startswith(_SERIES)}
    return ContestPage(
        **values, series=ContestSeries(**{name.removeprefix(_SERIES): value for name, value in series.items()})
    )


def of_page(page: ContestPage) -> Edition:
    """Return the light row of a page as it is edited: for a preview, and for a page that not everybody may read."""
    return light(
        page,
        [LightStage.of(stage) for stage in page.stages.all()],
        [LightNomination.of(nomination) for nomination in page.nominations.all()],
    )


def find(page_id: int) -> Edition | None:
    """Return a public contest by the key of its page."""
    return next((edition for edition in editions() if edition.id == page_id), None)


def light(
    page: ContestPage,
    stages: Iterable[LightStage],
    nominations: Iterable[LightNomination],
    tags: Iterable[int] = (),
) -> Edition:
    """Return the light row of a page with its children."""
    series = page.series
    return Edition(
        id=page.pk,
        title=page.title,
        url=f"{SECTION_URL}{page.slug}/",
        summary=page.summary,
        year=page.year,
        series=series.slug,
        series_title=series.short_title,
        full_title=page.full_title or series.full_title or series.title,
        level=series.get_level_display(),
        contest_object=series.get_contest_object_display(),
        stages=tuple(stages),
        nominations=tuple(nominations),
        tags=frozenset(tags),
        cancel_reason=page.cancel_reason if page.is_cancelled else None,
        results_on=page.results_on if page.results_are_public else None,
        expires_at=page.expire_at,
        is_demo=page.is_demo,
        key=match_key(f"{page.title} {page.summary} {page.names}"),
    )


_editions = versions.Memo("contest-editions", _read)
