"""All public events in memory: light rows, which values each has, and words for the values.

Read by a constant number of queries whatever the number of events, kept until something is published. The list, the
calendar, subscriptions, feeds, exports, the API and other rooms all read from here, so that they never disagree.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from events.domain import words
from events.enums import SECTION_URL, EventFormat, EventState
from events.models import EventCyclePage, EventPage, TaggedEvent
from portal.core import versions
from portal.core.publicity import public
from portal.core.together import Row, read_together
from portal.organisations.choices import municipalities
from portal.roadmap.models import Party
from portal.vocabularies.choices import TagChoice, tags, terms
from portal.vocabularies.enums import Vocabulary
from search.engines.facets import FacetIndex

FACETS: dict[str, str] = {
    "kind": "Вид события",
    "format": "Формат",
    "audience": "Для кого",
    "municipality": "Муниципалитет",
    "month": "Месяц",
    "cycle": "Цикл",
    "tag": "Темы",
    "deficit": "Затруднение педагогов",
}
REGIONAL = "region"  # value of the municipality filter for events of the whole region
LATEST = "latest"


@dataclass(frozen=True, slots=True)
class Event:
    """A public event in a list; days are those of the portal's clock."""

    id: int
    slug: str
    title: str
    summary: str
    kind: str
    kind_label: str
    format: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    first_day: dt.date
    last_day: dt.date
    state: str
    state_reason: str
    moved_from: dt.datetime | None
    apply_by: dt.date | None
    place: str
    address: str
    municipality: str
    municipality_label: str
    host_id: int | None
    organisers: tuple[str, ...]
    organisations: frozenset[int]  # of the registry: the host and the organisers that stand there
    audiences: tuple[str, ...]
    deficits: tuple[str, ...]
    tags: tuple[TagChoice, ...]
    cycle_id: int | None
    cycle: str  # blank while the cycle's own page is not public
    cycle_title: str
    number_in_cycle: int | None
    hours: int | None
    participants: int | None
    has_recording: bool
    published_at: dt.datetime
    updated_at: dt.datetime
    expire_at: dt.datetime | None
    is_demo: bool

    @property
    def url(self) -> str:
        """The address of its page."""
        return f"{SECTION_URL}{self.slug}/"

    @property
    def is_cancelled(self) -> bool:
        """Whether it will not take place."""
        return self.state == EventState.CANCELLED

    @property
    def sequence(self) -> int:
        """A number that grows with every publication, as calendars ask (RFC 5545, 3.8.7.4)."""
        return max(0, int((self.updated_at - self.published_at).total_seconds()))

    @property
    def months(self) -> list[str]:
        """The months that it touches: «2026-11»."""
        found, step = [], self.first_day.replace(day=1)
        while step <= self.last_day:
            found.append(f"{step:%Y-%m}")
            step = (step + dt.timedelta(days=32)).replace(day=1)
        return found


@dataclass
class Agenda:
    """The events by time with the index of their values and the words for these: {facet: {value: label}}."""

    events: dict[int, Event]
    index: FacetIndex
    options: dict[str, dict[str, str]]

    def visible(self) -> int:
        """Return the bitmap of events public at this moment: those past their expiry are out at once."""
        now = timezone.now()
        gone = [event.id for event in self.events.values() if event.expire_at and event.expire_at <= now]
        return self.index.all & ~self.index.bitmap(gone) if gone else self.index.all

    def over(self, today: dt.date) -> int:
        """Return the bitmap of events whose last day is before `today`."""
        return self.index.bitmap(event.id for event in self.events.values() if event.last_day < today)


def agenda() -> Agenda:
    """Return the agenda of now."""
    found: Agenda = _memo.get()
    return found


def published() -> QuerySet[EventPage]:
    """Events that any visitor may read, by time."""
    return public(EventPage.objects.all()).order_by("starts_at", "pk")


def _build() -> Agenda:
    events = {event.id: event for event in _rows()}
    index = FacetIndex((event.id, _values(event)) for event in events.values())
    index.add_order(LATEST, reversed(list(events)))
    months = sorted({month for event in events.values() for month in event.months})
    cycles = {event.cycle: event.cycle_title for event in events.values() if event.cycle}
    return Agenda(
        events,
        index,
        {
            "kind": _labels(Vocabulary.EVENT_KIND),
            "format": {option.value: option.words for option in EventFormat},
            "audience": _labels(Vocabulary.AUDIENCE),
            "municipality": {REGIONAL: "Весь регион", **{place.slug: place.short_name for place in municipalities()}},
            "month": {month: words.month(dt.date.fromisoformat(f"{month}-01")) for month in months},
            "cycle": dict(sorted(cycles.items(), key=lambda pair: pair[1])),
            "tag": {tag.slug: tag.name for tag in tags()},
            "deficit": _labels(Vocabulary.DEFICIT),
        },
    )


_memo = versions.Memo("events-agenda", _build)


def _labels(vocabulary: Vocabulary) -> dict[str, str]:
    return {term.slug: term.label for term in terms(vocabulary)}


def _values(event: Event) -> dict[str, Iterable[str]]:
    return {
        "kind": [event.kind],
        "format": [event.format],
        "audience": event.audiences,
        "municipality": [event.municipality or REGIONAL],
        "month": event.months,
        "cycle": [event.cycle] if event.cycle else [],
        "tag": [tag.slug for tag in event.tags],
        "deficit": event.deficits,
    }


def _rows() -> Iterator[Event]:
    """Yield the public events by time; what hangs on them is read once for all."""
    kinds = {term.id: term for term in terms(Vocabulary.EVENT_KIND)}
    places = {place.id: place for place in municipalities()}
    topics = {tag.id: tag for tag in tags()}
    *links, named, known = read_together(
        (EventPage.audiences.through.objects.all(), ("eventpage_id", "term_id")),
        (EventPage.deficits.through.objects.all(), ("eventpage_id", "term_id")),
        (EventPage.organisers.through.objects.all(), ("eventpage_id", "party_id")),
        (TaggedEvent.objects.all(), ("content_object_id", "tag_id")),
        (public(EventCyclePage.objects.all()), ("pk", "slug", "title")),
        (Party.objects.all(), ("pk", "short_name", "organisation_id")),
    )
    audiences, deficits, organisers, tagged = map(_by_page, links)
    cycles = {pk: slug for pk, slug, _ in named}
    cycle_titles = {pk: title for pk, _, title in named}
    parties = {pk: (name, owner) for pk, name, owner in known}
    for_whom = {term.id: term.slug for term in terms(Vocabulary.AUDIENCE)}
    difficulties = {term.id: term.slug for term in terms(Vocabulary.DEFICIT)}
    for page in published().defer("body", "programme", "materials", "how_to_take_part", "outcome"):
        kind, place = kinds[page.kind_id], places.get(page.municipality_id or 0)
        chosen = [parties[pk] for pk in organisers.get(page.pk, ()) if pk in parties]
        owners = [owner for owner in (page.host_id, *(owner for _, owner in chosen)) if owner is not None]
        yield Event(
            id=page.pk,
            slug=page.slug,
            title=page.title,
            summary=page.summary,
            kind=kind.slug,
            kind_label=kind.label,
            format=page.format,
            starts_at=page.starts_at,
            ends_at=page.ends_at,
            first_day=page.first_day,
            last_day=page.last_day,
            state=page.state,
            state_reason=page.state_reason,
            moved_from=page.moved_from,
            apply_by=page.apply_by,
            place=page.place,
            address=page.address,
            municipality=place.slug if place else "",
            municipality_label=place.short_name if place else "",
            host_id=page.host_id,
            organisers=tuple(sorted(name for name, _ in chosen)),
            organisations=frozenset(owners),
            audiences=tuple(for_whom[pk] for pk in audiences.get(page.pk, ()) if pk in for_whom),
            deficits=tuple(difficulties[pk] for pk in deficits.get(page.pk, ()) if pk in difficulties),
            tags=tuple(topics[pk] for pk in tagged.get(page.pk, ()) if pk in topics),
            cycle_id=page.cycle_id,
            cycle=cycles.get(page.cycle_id or 0, ""),
            cycle_title=cycle_titles.get(page.cycle_id or 0, ""),
            number_in_cycle=page.number_in_cycle,
            hours=page.hours,
            participants=page.participants,
            has_recording=bool(page.recording.raw_data),
            published_at=page.first_published_at or page.starts_at,
            updated_at=page.last_published_at or page.starts_at,
            expire_at=page.expire_at,
            is_demo=page.is_demo,
        )


def _by_page(pairs: Iterable[Row]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for page, value in pairs:
        found[page].append(value)
    return found
