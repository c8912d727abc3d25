"""Events of the demonstration: the archive with its dates, and a school year that goes on around the day of loading."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from events.models import EventCyclePage, EventIndexPage, EventPage, EventPractice
from portal.core.slugs import latin_slug
from portal.core.working_days import near_working_day
from portal.demo import content, papers, pictures
from portal.demo.event_plans import load_event_plans
from portal.demo.evidence import ARCHIVE, current_plan_slug, prove
from portal.demo.ledger import Ledger
from portal.demo.news import rich
from portal.demo.organisations import find_organisation
from portal.demo.practices import EXTERNAL_PREFIX, find_tags
from portal.demo.publishing import publish
from portal.demo.storage import store_document
from portal.organisations.models import Municipality
from portal.roadmap.models import Party
from portal.vocabularies.enums import Vocabulary
from portal.vocabularies.models import Term
from practices.models import PracticePage

MAILBOX = "events@example.org"
FILM = "https://rutube.ru/"
ANNOUNCED = 14  # days before an event of the current year
_PLAIN = ("title", "slug", "summary", "format", "place")
_OPTIONAL = ("address", "hours", "capacity", "participants", "outcome", "state")


def load_events(ledger: Ledger, *, cover_width: int) -> Iterator[str]:
    """Publish the cycles, events and plans that were never loaded; yield a line for each remark."""
    section = EventIndexPage.objects.get()
    today = timezone.localdate()
    for row in content.read("event_cycles"):
        with ledger.unit(f"event-cycle:{row['key']}") as due:
            if due:
                _make_cycle(row, section, today)
    rows = content.read("events")
    drawings = pictures.event_drawings(rows)
    waiting = [row for row in rows if ledger.is_due(f"event:{row['key']}")]
    wanted = (drawing for row in waiting for drawing in drawings[row["key"]])
    drawn = {drawing.key: jpeg for drawing, jpeg in pictures.draw(wanted, width=cover_width)}
    for row in waiting:
        with ledger.unit(f"event:{row['key']}"):
            loader = _EventLoader(row, drawings[row["key"]], drawn, today)
            loader.load(section)
            yield from loader.remarks
    load_event_plans(ledger, section, today)


def _make_cycle(row: dict[str, Any], section: EventIndexPage, today: dt.date) -> None:
    day = dt.date.fromisoformat(row["day"]) if "day" in row else today + dt.timedelta(days=row["days"])
    page = EventCyclePage(
        title=row["title"],
        slug=row["slug"],
        summary=row["summary"],
        intro=rich(row["intro"]).source,
        planned_count=row["planned"],
        is_demo=True,
    )
    publish(page, section, day, lambda made: None)


class _EventLoader:
    """Makes one event with everything that hangs on it."""

    def __init__(
        self, row: dict[str, Any], drawings: list[pictures.Drawing], drawn: dict[str, bytes], today: dt.date
    ) -> None:
        self.row, self.drawings, self.drawn, self.today = row, drawings, drawn, today
        self.is_archive = "start" in row
        self.starts_at, self.ends_at = _moments(row, today)
        self.remarks: list[str] = []

    def load(self, section: EventIndexPage) -> EventPage:
        row = self.row
        cover, *frames = [pictures.store(drawing, self.drawn[drawing.key]) for drawing in self.drawings]
        page = EventPage(
            **{name: row[name] for name in _PLAIN},
            **{name: row[name] for name in _OPTIONAL if name in row},
            kind=self._term(Vocabulary.EVENT_KIND, row["kind"]),
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            state_reason=row.get("reason", ""),
            moved_from=_moment(self.today, row["moved_days"], row["time"]) if "moved_days" in row else None,
            municipality=Municipality.objects.filter(slug=row.get("municipality"), parent=None).first(),
            host=self._host(),
            cycle=self._cycle(),
            number_in_cycle=row.get("number"),
            apply_by=self._apply_by(),
            contact_email="" if self.is_archive else MAILBOX,
            how_to_take_part=rich([row["how"]]).source if "how" in row else "",
            programme=[("item", item) for item in row["programme"]],
            materials=[("material", material) for material in self._materials()],
            recording=[("video", self._film(frame)) for frame in frames],
            cover=cover,
            cover_alt=cover.description,
            is_demo=True,
        )
        return publish(page, section, self._announced(), self._relate)

    def _relate(self, page: Any) -> None:
        row = self.row
        page.audiences = [self._term(Vocabulary.AUDIENCE, slug) for slug in row["audiences"]]
        page.deficits = [self._term(Vocabulary.DEFICIT, slug) for slug in row.get("deficits", [])]
        page.organisers = list(Party.objects.filter(slug__in=row["organisers"]))
        if len(page.organisers.all()) < len(row["organisers"]):
            self.remarks.append(f"«{row['title']}»: не все организаторы есть среди ответственных сторон")
        page.tags.add(*find_tags(row["tags"]))
        keys = [f"{EXTERNAL_PREFIX}{key}" for key in row.get("practices", [])]
        found = PracticePage.objects.filter(external_id__in=keys)
        page.practices = [EventPractice(practice=practice, sort_order=order) for order, practice in enumerate(found)]
        plan = ARCHIVE if self.is_archive else current_plan_slug(page.last_day)
        prove(page, row["items"], plan_slug=plan)

    def _term(self, vocabulary: str, slug: str) -> Term:
        return Term.objects.get(vocabulary=vocabulary, slug=slug)

    def _host(self) -> Any:
        rows = {row["slug"]: row for row in content.read("organisations")}
        return find_organisation(rows[self.row["host"]]) if self.row.get("host") in rows else None

    def _cycle(self) -> EventCyclePage | None:
        slugs = {row["key"]: row["slug"] for row in content.read("event_cycles")}
        return EventCyclePage.objects.filter(slug=slugs.get(self.row.get("cycle", ""))).first()

    def _apply_by(self) -> dt.date | None:
        if self.is_archive:
            return dt.date.fromisoformat(self.row["apply_by"])
        return None if self.row["format"] == "onlayn" else self.starts_at.date() - dt.timedelta(days=1)

    def _announced(self) -> dt.date:
        if self.is_archive:
            return dt.date.fromisoformat(self.row["announced"])
        return min(self.today, self.starts_at.date() - dt.timedelta(days=ANNOUNCED))

    def _materials(self) -> Iterator[dict[str, Any]]:
        row = self.row
        for key, filename, file in file_plan(row):
            if file.get("later"):
                yield {"title": file["title"], "document": None}
                continue
            lines = [row["summary"], *(item["title"] for item in row["programme"])]
            data = papers.render(
                papers.Paper(file["title"], f"К событию «{row['title']}»", tuple(lines)), file["format"]
            )
            yield {
                "title": file["title"],
                "document": store_document(key, title=file["title"], data=data, filename=filename),
            }

    def _film(self, frame: Any) -> dict[str, Any]:
        text = "Ролик вымышлен, поэтому ссылка ведёт на первую страницу площадки. Здесь стоял бы текст записи."
        return {
            "title": f"Запись: {self.row['title']}"[:160],
            "url": FILM,
            "duration": self.row["recording"],
            "poster": frame,
            "file": None,
            "transcript": rich([text, *(item["title"] for item in self.row["programme"])]),
        }


def _moments(row: dict[str, Any], today: dt.date) -> tuple[dt.datetime, dt.datetime]:
    """Return the beginning and the end: of the archive as written, else counted from `today` on a working day."""
    if "start" in row:
        return dt.datetime.fromisoformat(row["start"]), dt.datetime.fromisoformat(row["end"])
    begins = _moment(today, row["days"], row["time"])
    return begins, begins + dt.timedelta(days=row.get("more_days", 0), minutes=row["minutes"])


def _moment(today: dt.date, days: int, time: str) -> dt.datetime:
    hour, minute = map(int, time.split(":"))
    day = near_working_day(today + dt.timedelta(days=days), forward=days >= 0)
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))


def file_plan(row: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield key, file name and description of each material of an event."""
    for number, file in enumerate(row["materials"], start=1):
        yield f"event:{row['key']}:file{number}", f"{latin_slug(file['title'])}.{file['format']}", file
