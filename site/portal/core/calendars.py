"""Calendars (ICS, RFC 5545): one file for a list of entries, all-day or at an hour of the portal's zone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from portal.core.text import normalise_text, single_line

MEDIA_TYPE = "text/calendar; charset=utf-8"
REFRESH = dt.timedelta(hours=6)  # how often a subscribed calendar is asked for anew


@dataclass(frozen=True)
class Entry:
    """One entry: days (`date`, the last one included) or hours (aware `datetime`).

    `key` stays the same for the life of what the entry tells of; calendars replace the entry they know by it.
    `changed_at` (aware) is when it last changed; `sequence` grows when a time was moved.
    """

    key: str
    title: str
    begins: dt.date | dt.datetime
    ends: dt.date | dt.datetime | None
    changed_at: dt.datetime
    url: str = ""
    description: str = ""
    place: str = ""
    is_cancelled: bool = False
    sequence: int = 0


def calendar_file(name: str, entries: Iterable[Entry]) -> bytes:
    """Return `entries` as a calendar called `name`.

    Hours carry the zone `TIME_ZONE` with its history (a year of UTC+4 stays a year of UTC+4); days carry none.
    Raises ValueError for an hour without a zone.
    """
    from icalendar import Calendar  # noqa: PLC0415 - only some requests need it

    calendar = Calendar()
    calendar.add("prodid", f"-//{_host()}//portal//RU")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", single_line(name))
    calendar.add("x-wr-timezone", timezone.get_default_timezone_name())
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", REFRESH)
    for entry in entries:
        calendar.add_component(_event(entry))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def calendar_response(filename: str, name: str, entries: Iterable[Entry]) -> HttpResponse:
    """Answer with a calendar; a browser saves it as `filename`, a calendar program subscribes to the address."""
    response = HttpResponse(calendar_file(name, entries), content_type=MEDIA_TYPE)
    response.headers["Content-Disposition"] = content_disposition_header(True, filename) or "attachment"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _event(entry: Entry) -> Any:
    from icalendar import Event  # noqa: PLC0415 - loaded by the caller already

    event = Event()
    event.add("uid", f"{entry.key}@{_host()}")
    event.add("dtstamp", entry.changed_at.astimezone(dt.UTC))
    event.add("last-modified", entry.changed_at.astimezone(dt.UTC))
    event.add("sequence", entry.sequence)
    event.add("summary", single_line(entry.title))
    event.add("dtstart", _moment(entry.begins))
    if entry.ends is not None:
        # A calendar's last day is the first one that is free again.
        by_days = not isinstance(entry.ends, dt.datetime)
        event.add("dtend", entry.ends + dt.timedelta(days=1) if by_days else _moment(entry.ends))
    for name, value in (("description", normalise_text(entry.description)), ("location", single_line(entry.place))):
        if value:
            event.add(name, value)
    if entry.url:
        event.add("url", entry.url)
    if entry.is_cancelled:
        event.add("status", "CANCELLED")
    if not isinstance(entry.begins, dt.datetime):
        event.add("transp", "TRANSPARENT")
    return event


def _moment(value: dt.date | dt.datetime) -> dt.date | dt.datetime:
    if not isinstance(value, dt.datetime):
        return value
    return timezone.localtime(value, timezone.get_default_timezone())


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "portal"
