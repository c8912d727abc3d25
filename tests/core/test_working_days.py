"""Terms counted in working days."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from portal.core.working_days import is_working, near_working_day, term, working_day_after

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("day", ["2027-01-04", "2027-02-23", "2027-05-01", "2027-06-12", "2027-11-04", "2027-03-06"])
def test_feasts_and_weekends_are_days_off(day):
    assert not is_working(dt.date.fromisoformat(day))


def test_days_are_counted_from_the_next_one_over_the_weekend():
    friday = dt.date(2026, 11, 27)
    assert working_day_after(friday, 0) == friday
    assert working_day_after(friday, 1) == dt.date(2026, 11, 30)
    assert working_day_after(friday, 3) == dt.date(2026, 12, 2)


def test_new_year_holidays_do_not_count():
    assert working_day_after(dt.date(2026, 12, 31), 1) == dt.date(2027, 1, 11)


def test_term_ends_with_the_last_second_of_its_day_by_the_portals_clock():
    late_evening = timezone.make_aware(dt.datetime(2026, 11, 24, 23, 30))
    assert timezone.localtime(term(late_evening, 3)) == timezone.make_aware(dt.datetime(2026, 11, 27, 23, 59, 59))


def test_nearest_working_day_is_looked_for_in_either_direction():
    saturday = dt.date(2026, 11, 28)
    assert near_working_day(saturday, forward=True) == dt.date(2026, 11, 30)
    assert near_working_day(saturday, forward=False) == dt.date(2026, 11, 27)
