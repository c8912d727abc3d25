"""The calendar of a month as values for its template."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import Any

from django.conf import settings
from django.utils import dateformat, timezone

from events.domain import words
from events.domain.agenda import Event
from events.domain.selection import select
from events.enums import SECTION_URL
from events.forms import CALENDAR, EventListForm
from events.views.chips import chips
from portal.core.listing import address

SHOWN_A_DAY = 3
LONGEST_TITLE = 70  # characters: a month has up to a hundred events and a page eight kilobytes
WEEKDAYS = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")


def month_context(form: EventListForm) -> dict[str, Any]:
    """Return the context of the calendar: weeks of days with events, neighbours inside the bounds of the agenda."""
    today = timezone.localdate()
    selection = select(form.everything)
    first, last = _bounds(list(selection.agenda.options["month"]), today)
    shown = form.cleaned_data["shown_month"] or today.replace(day=1)
    by_day = _by_day(selection.events(), shown)
    events = {event.id: event for found in by_day.values() for event in found}
    weeks = [
        [_day(day, shown, today, by_day.get(day, []), form) for day in week]
        for week in calendar.Calendar().monthdatescalendar(shown.year, shown.month)
    ]
    inside = first <= shown <= last
    return {
        "title": dateformat.format(shown, "F Y"),
        "weekdays": WEEKDAYS,
        "weeks": weeks,
        "total_words": words.event_words(len(events)),
        "is_empty": not events,
        "filters": list(chips(form)),
        "reset_url": _address(shown, []),
        "previous": _step(shown, -1, first, last, form),
        "next": _step(shown, 1, first, last, form),
        "today_url": "" if shown == today.replace(day=1) else _address(today, form.choice_params),
        "crumbs": [{"title": "События", "url": SECTION_URL}],
        "all_events": {"label": "Все события", "url": SECTION_URL},
        "canonical": settings.SITE_URL + (_address(shown, []) if inside else SECTION_URL),
        "noindex": bool(form.choice_params) or not inside,
    }


def _bounds(months: list[str], today: dt.date) -> tuple[dt.date, dt.date]:
    """Return the first and the last month to which neighbours lead: those of the agenda, and this one."""
    known = [dt.date.fromisoformat(f"{month}-01") for month in months] + [today.replace(day=1)]
    return min(known), max(known)


def _by_day(events: list[Event], shown: dt.date) -> dict[dt.date, list[Event]]:
    last = shown.replace(day=calendar.monthrange(shown.year, shown.month)[1])
    found: dict[dt.date, list[Event]] = {}
    for event in events:
        day, end = max(event.first_day, shown), min(event.last_day, last)
        while day <= end:
            found.setdefault(day, []).append(event)
            day += dt.timedelta(days=1)
    return found


def _day(day: dt.date, shown: dt.date, today: dt.date, events: list[Event], form: EventListForm) -> dict[str, Any]:
    if day.month != shown.month:
        return {}
    more = len(events) - SHOWN_A_DAY
    when = [("when", "past")] if day < today else []
    return {
        "number": day.day,
        "words": dateformat.format(day, "j E, l").lower(),
        "is_today": day == today,
        "events": [_entry(event, day) for event in events[:SHOWN_A_DAY]],
        "more": f"ещё {more}" if more > 0 else "",
        "more_url": address(SECTION_URL, [*when, *form.choice_params, ("month", f"{day:%Y-%m}")]) if more > 0 else "",
    }


def _entry(event: Event, day: dt.date) -> dict[str, Any]:
    title = event.title
    if len(title) > LONGEST_TITLE:
        title = title[:LONGEST_TITLE].rpartition(" ")[0].rstrip(" ,.:;—–-") + "…"
    return {
        "title": title,
        "url": event.url,
        "time": words.clock(event.starts_at) if event.first_day == day else "",
        "kind": event.kind_label,
        "is_cancelled": event.is_cancelled,
    }


def _address(month: dt.date, choices: list[tuple[str, str]]) -> str:
    return address(SECTION_URL, [("view", CALENDAR), ("month", f"{month:%Y-%m}"), *choices])


def _step(shown: dt.date, by: int, first: dt.date, last: dt.date, form: EventListForm) -> dict[str, str] | None:
    """Return the neighbour month as {label, url}, None beyond the bounds."""
    month = (shown + dt.timedelta(days=31)).replace(day=1) if by > 0 else (shown - dt.timedelta(days=1)).replace(day=1)
    if not first <= month <= last:
        return None
    return {"label": words.month(month), "url": _address(month, form.choice_params)}
