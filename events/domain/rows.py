"""Events as values of `components/event_row.html`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils import dateformat, timezone

from events.domain import words
from events.domain.agenda import Event
from events.enums import EventFormat, EventState

Row = dict[str, Any]


def rows(events: Iterable[Event], *, today: dt.date | None = None) -> list[Row]:
    """Return the values of a row for each event."""
    day = today or timezone.localdate()
    return [row(event, day) for event in events]


def row(event: Event, today: dt.date) -> Row:
    """Return the values of one row: calendar leaf, title, address, a line of facts, a status."""
    return {
        "title": event.title,
        "url": event.url,
        "leaf": words.leaf(event.first_day, today.year),
        "date_iso": event.starts_at.isoformat(),
        "date": words.days(event.first_day, event.last_day),
        "facts": facts(event),
        "summary": event.summary,
        **dict(zip(("status", "status_state"), status(event, today), strict=True)),
    }


def facts(event: Event) -> str:
    """Return «Горизонтальное обучение, встреча 2 · 9:30 · г. Волгоград, Детский сад № 415»."""
    kind = event.kind_label
    if event.cycle and event.number_in_cycle:
        kind = f"{kind}, встреча {event.number_in_cycle}"
    several = event.first_day != event.last_day
    time = f"{words.days(event.first_day, event.last_day)}" if several else words.clock(event.starts_at)
    return " · ".join(filter(None, (kind, time, where(event))))


def where(event: Event) -> str:
    """Return the place with the municipality that it does not name itself; the format where no place is given."""
    place = event.place or EventFormat(event.format).words
    parts = [place]
    if event.municipality_label and event.municipality_label not in place:
        parts.insert(0, event.municipality_label)
    return ", ".join(parts)


def status(event: Event, today: dt.date) -> tuple[str, str]:
    """Return words and the state of `components/status.html`; blank when there is nothing to say."""
    if event.is_cancelled:
        return "Отменено", "late"
    return _behind(event) if event.last_day < today else _ahead(event, today)


def _behind(event: Event) -> tuple[str, str]:
    if event.has_recording:
        return "Есть запись", "done"
    return (f"Участников: {event.participants}", "done") if event.participants else ("Прошло", "")


def _ahead(event: Event, today: dt.date) -> tuple[str, str]:
    if event.state == EventState.POSTPONED:
        moved = event.moved_from
        return (f"Перенесено с {_short(words.local(moved))}" if moved else "Перенесено"), "wait"
    if event.first_day <= today:
        return ("Идёт" if event.first_day < today else "Сегодня"), "run"
    if event.apply_by and event.apply_by >= today:
        return f"Заявки до {_short(event.apply_by)}", "wait"
    return "", ""


def _short(day: dt.date) -> str:
    return dateformat.format(day, "j E")
