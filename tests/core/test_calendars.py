"""Calendars: read back by a real parser, hours right in years of UTC+3 and of UTC+4."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import icalendar
import pytest

from portal.core.calendars import Entry, calendar_file

pytestmark = pytest.mark.unit
ZONE = ZoneInfo("Europe/Volgograd")
CHANGED = dt.datetime(2022, 1, 10, 9, 30, tzinfo=dt.UTC)


def entry(**values):
    base = {"key": "event-1", "title": "Вебинар", "begins": dt.date(2022, 3, 1), "ends": None, "changed_at": CHANGED}
    return Entry(**{**base, **values})


def read(*entries, name="Календарь"):
    return icalendar.Calendar.from_ical(calendar_file(name, entries))


@pytest.mark.parametrize(("year", "offset"), [(2018, 3), (2019, 4), (2020, 4), (2021, 3), (2022, 3)])
def test_an_hour_keeps_its_place_in_time_whatever_the_zone_was_that_year(year, offset):
    begins = dt.datetime(year, 6, 9, 9, 30, tzinfo=ZONE)
    parsed = read(entry(begins=begins, ends=begins + dt.timedelta(hours=2)))
    (event,) = parsed.walk("VEVENT")
    assert event["dtstart"].dt.astimezone(dt.UTC) == dt.datetime(year, 6, 9, 9, 30).replace(
        tzinfo=dt.timezone(dt.timedelta(hours=offset))
    )
    (zone,) = parsed.walk("VTIMEZONE")
    assert zone["tzid"] == "Europe/Volgograd"
    # The file's own rules, not those of this machine.
    assert zone.to_tz().utcoffset(dt.datetime(year, 6, 9, 9, 30)) == dt.timedelta(hours=offset)


def test_days_end_with_the_day_after_and_carry_no_zone():
    parsed = read(entry(begins=dt.date(2022, 2, 1), ends=dt.date(2022, 5, 31)))
    (event,) = parsed.walk("VEVENT")
    assert (event["dtstart"].dt, event["dtend"].dt) == (dt.date(2022, 2, 1), dt.date(2022, 6, 1))
    assert parsed.walk("VTIMEZONE") == []


def test_a_calendar_says_what_it_is_and_when_to_ask_again(settings):
    settings.SITE_URL = "https://portal.example.org"
    parsed = read(entry(), name="События\nпо теме")
    assert parsed["x-wr-calname"] == "События по теме"
    assert parsed["refresh-interval"].dt == dt.timedelta(hours=6)
    assert parsed["prodid"] == "-//portal.example.org//portal//RU"
    assert [event["uid"] for event in parsed.walk("VEVENT")] == ["event-1@portal.example.org"]


def test_words_cannot_break_out_of_their_line():
    parsed = read(entry(title="А\r\nBEGIN:VALARM\x07", description="раз\nдва; три, четыре", is_cancelled=True))
    (event,) = parsed.walk("VEVENT")
    assert event["summary"] == "А BEGIN:VALARM"
    assert event["description"] == "раз\nдва; три, четыре"
    assert event["status"] == "CANCELLED"
    assert parsed.walk("VALARM") == []


def test_no_entries_make_a_calendar_all_the_same():
    assert read().walk("VEVENT") == []


def test_an_entry_of_one_day_has_no_end():
    (event,) = read(entry()).walk("VEVENT")
    assert "dtend" not in event
