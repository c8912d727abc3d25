"""Days and hours in words: the portal's clock as it stood on that day, told against Moscow's."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from events.domain import words

pytestmark = pytest.mark.unit

ZONE = ZoneInfo("Europe/Volgograd")


def at(*parts):
    return dt.datetime(*parts, tzinfo=ZONE)


def test_one_day_is_said_whole():
    assert words.when(at(2022, 3, 16, 10), at(2022, 3, 16, 14)) == "16 марта 2022, 10:00–14:00 (МСК)"
    assert words.when(at(2022, 6, 9, 9, 30), at(2022, 6, 9, 13, 30)) == "9 июня 2022, 9:30–13:30 (МСК)"


def test_several_days_are_said_from_and_to():
    assert words.when(at(2022, 5, 16, 9), at(2022, 5, 18, 15)) == "16 мая 2022, 9:00 — 18 мая 2022, 15:00 (МСК)"
    assert words.hours(at(2022, 5, 16, 9), at(2022, 5, 18, 15)) == "с 9:00 в первый день до 15:00 в последний (МСК)"


@pytest.mark.parametrize(
    ("year", "zone"), [(2017, "МСК"), (2019, "МСК+1"), (2020, "МСК+1"), (2021, "МСК"), (2026, "МСК")]
)
def test_the_clock_is_told_as_it_stood_that_year(year, zone):
    assert words.when(at(year, 6, 9, 10), at(year, 6, 9, 12)).endswith(f"10:00–12:00 ({zone})")


def test_the_hours_of_an_instant_kept_in_another_zone_are_the_portals():
    kept = dt.datetime(2019, 6, 9, 6, tzinfo=dt.UTC)
    assert words.clock(kept) == "10:00"
    assert words.clock(kept.replace(year=2022)) == "9:00"


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ((2022, 3, 16), (2022, 3, 16), "16 марта 2022, среда"),
        ((2022, 5, 16), (2022, 5, 18), "16–18 мая 2022"),
        ((2022, 5, 30), (2022, 6, 2), "30 мая — 2 июня 2022"),
        ((2021, 12, 30), (2022, 1, 2), "30 декабря 2021 — 2 января 2022"),
    ],
)
def test_days_are_said_without_repeating_month_and_year(first, last, said):
    assert words.days(dt.date(*first), dt.date(*last)) == said


def test_a_leaf_shows_the_weekday_and_for_another_year_the_year():
    assert words.leaf(dt.date(2022, 6, 9), 2022) == {"month": "июн", "day": "9", "weekday": "чт"}
    assert words.leaf(dt.date(2022, 6, 9), 2026)["weekday"] == "2022"
