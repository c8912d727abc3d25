"""Yearly plans of events of the demonstration: one of the archive, one of the school year that is on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from events.models import EventIndexPage, EventPage, EventPlanPage, EventPlanRow, PlanDeliveryRow
from portal.core.working_days import near_working_day
from portal.demo import content
from portal.demo.evidence import ARCHIVE, SCHOOL_YEAR_BEGINS, current_plan_slug, prove
from portal.demo.ledger import Ledger
from portal.demo.publishing import publish
from portal.organisations.models import Municipality
from portal.vocabularies.enums import Vocabulary
from portal.vocabularies.models import Term

ITEM = 21  # «Разработка плана методических мероприятий с руководителями методических объединений»
AUDIENCE = "rukovoditeli-mo"


def load_event_plans(ledger: Ledger, section: EventIndexPage, today: dt.date) -> None:
    """Publish the plans that were never loaded."""
    for row in content.read("event_plans"):
        with ledger.unit(f"event-plan:{row['key']}") as due:
            if due:
                _make_plan(row, section, today)


def _make_plan(row: dict[str, Any], section: EventIndexPage, today: dt.date) -> EventPlanPage:
    is_archive = "starts_on" in row
    starts_on, ends_on, approved_on = _period(row, today)
    page = EventPlanPage(
        title=row["title"] if is_archive else f"{row['title']} на {starts_on.year}/{ends_on.year} учебный год",
        slug=row["slug"],
        summary=row["summary"],
        starts_on=starts_on,
        ends_on=ends_on,
        approved_on=approved_on,
        audience=Term.objects.filter(vocabulary=Vocabulary.AUDIENCE, slug=AUDIENCE).first(),
        is_demo=True,
    )

    def relate(made: Any) -> None:
        made.rows = list(_rows(row, starts_on))
        made.deliveries = list(_deliveries(row, approved_on, min(today, ends_on)))
        prove(made, [ITEM], plan_slug=ARCHIVE if is_archive else current_plan_slug(approved_on))

    return publish(page, section, approved_on, relate)


def _period(row: dict[str, Any], today: dt.date) -> tuple[dt.date, dt.date, dt.date]:
    if "starts_on" in row:
        return tuple(dt.date.fromisoformat(row[name]) for name in ("starts_on", "ends_on", "approved_on"))  # type: ignore[return-value]
    year = today.year if today.month >= SCHOOL_YEAR_BEGINS else today.year - 1
    first = dt.date(year, SCHOOL_YEAR_BEGINS, 1)
    return first, dt.date(year + 1, 5, 31), min(today, near_working_day(first + dt.timedelta(days=9), forward=True))


def _rows(row: dict[str, Any], starts_on: dt.date) -> Iterator[EventPlanRow]:
    slugs = {event["key"]: event["slug"] for event in content.read("events")}
    for order, item in enumerate(row["rows"]):
        months = starts_on.month - 1 + item["month"] - 1
        yield EventPlanRow(
            month=dt.date(starts_on.year + months // 12, months % 12 + 1, 1),
            title=item["title"],
            form=item["form"],
            responsible=item["responsible"],
            event=EventPage.objects.filter(slug=slugs.get(item.get("event", "")), is_demo=True).first(),
            sort_order=order,
        )


def _deliveries(row: dict[str, Any], approved_on: dt.date, latest: dt.date) -> Iterator[PlanDeliveryRow]:
    """Every municipality: so many got as far as each step, some days after the one before."""
    for number, place in enumerate(Municipality.objects.formations().order_by("name_sort")):
        mixed = number * 7 % 38  # so that the list is not cut into two blocks
        sent = _later(approved_on, 3, latest)
        received = _later(sent, 1 + mixed % 9, latest)
        held = _later(received, 20 + mixed, latest)
        yield PlanDeliveryRow(
            municipality=place,
            sent_on=sent if mixed < row["sent"] else None,
            received_on=received if mixed < row["received"] else None,
            held_on=held if mixed < row["held"] else None,
        )


def _later(day: dt.date, days: int, latest: dt.date) -> dt.date:
    return min(latest, near_working_day(day + dt.timedelta(days=days), forward=True))
