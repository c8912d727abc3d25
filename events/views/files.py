"""Files of events: calendars for people's own devices, and the list as a sheet."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from events.domain import words
from events.domain.agenda import Event, agenda
from events.domain.selection import select
from events.enums import EventFormat, EventState
from events.forms import EventListForm
from portal.core.calendars import Entry, calendar_response
from portal.core.exports import FORMATS, Column, export_response

MOST_SHEET_ROWS = 5_000


def one(request: HttpRequest, slug: str) -> HttpResponse:
    """Give one event as a calendar file; a cancelled one says so, so that calendars cross it out."""
    found = agenda()
    visible = found.visible()
    event = next((item for item in found.events.values() if item.slug == slug), None)
    if event is None or not found.index.bitmap([event.id]) & visible:
        raise Http404
    return calendar_response(f"{slug}.ics", event.title, [entry(event)])


def subscription(request: HttpRequest) -> HttpResponse:
    """Give the events of the address's filters as a calendar to subscribe to: past ones too, nothing vanishes."""
    form = EventListForm(request.GET, agenda=agenda())
    chosen = [agenda().options[facet][value] for facet, values in form.choices.items() for value in values]
    name = ": ".join(filter(None, ("События", ", ".join(chosen))))
    response = calendar_response("events.ics", name, map(entry, select(form.everything).events()))
    response.headers["Content-Disposition"] = 'inline; filename="events.ics"'
    return response


def entry(event: Event) -> Entry:
    """Return an event as an entry of a calendar."""
    status = {EventState.CANCELLED: "Отменено", EventState.POSTPONED: "Перенесено"}.get(EventState(event.state), "")
    lines = [
        f"{status}: {event.state_reason}" if status else "",
        event.summary,
        f"{event.kind_label}, {EventFormat(event.format).words.lower()}",
        words.when(event.starts_at, event.ends_at),
        settings.SITE_URL + event.url,
    ]
    return Entry(
        key=f"event-{event.id}",
        title=f"Отменено: {event.title}" if event.is_cancelled else event.title,
        begins=event.starts_at,
        ends=event.ends_at,
        changed_at=event.updated_at,
        url=settings.SITE_URL + event.url,
        description="\n".join(filter(None, lines)),
        place=", ".join(filter(None, (event.place, event.address))),
        is_cancelled=event.is_cancelled,
        sequence=event.sequence,
    )


def _labels(facet: str) -> Any:
    return lambda event: [agenda().options[facet][value] for value in getattr(event, f"{facet}s")]


COLUMNS = (
    Column("Номер", "id", kind="number"),
    Column("Название", "title"),
    Column("Кратко", "summary"),
    Column("Вид", "kind_label", key="kind"),
    Column("Формат", lambda event: EventFormat(event.format).words, key="format"),
    Column("Начало", "starts_at", kind="datetime"),
    Column("Окончание", "ends_at", kind="datetime"),
    Column("Место", "place"),
    Column("Адрес места", "address"),
    Column("Муниципалитет", "municipality_label", key="municipality"),
    Column("Организаторы", "organisers"),
    Column("Для кого", _labels("audience"), key="audiences"),
    Column("Затруднения", _labels("deficit"), key="deficits"),
    Column("Темы", lambda event: [tag.name for tag in event.tags], key="tags"),
    Column("Цикл", "cycle_title", key="cycle"),
    Column("Встреча", "number_in_cycle", kind="number"),
    Column("Состояние", lambda event: EventState(event.state).label, key="state"),
    Column("Почему", "state_reason"),
    Column("Академических часов", "hours", kind="number"),
    Column("Участников", "participants", kind="number"),
    Column("Адрес страницы", lambda event: settings.SITE_URL + event.url, kind="url", key="url"),
    Column("Демонстрационное", "is_demo"),
)


def export(request: HttpRequest, fmt: str) -> HttpResponseBase:
    """Give the events of the list's address as a file: its filters, its half, its order."""
    if fmt not in FORMATS:
        raise Http404
    selection = select(EventListForm(request.GET, agenda=agenda()).filters)
    count = min(selection.total, MOST_SHEET_ROWS) if fmt == "xlsx" else selection.total

    sheet = "События" if count == selection.total else f"Первые {count} из {selection.total}"
    return export_response(fmt, "События", COLUMNS, selection.events(0, count), sheet_title=sheet)  # type: ignore[arg-type]
