"""Reminders by deadline: at the set steps, once each, by day, anew when the term moves."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import ValidationError

from portal.core import reminders
from portal.core.models import Letter, Notice
from portal.mailing.domain import reminding
from portal.mailing.models import LetterSettings

pytestmark = [pytest.mark.integration, pytest.mark.django_db, pytest.mark.usefixtures("kinds")]
ZONE = ZoneInfo("Europe/Volgograd")
DUE = dt.datetime(2026, 5, 30, 23, 59, tzinfo=ZONE)


@pytest.fixture
def due(monkeypatch, person):
    """What the one source of the test yields; its list may be changed."""
    found = [reminders.Reminder(person, "7", DUE, "Ответить на замечания", "/practices/", "test_due", {"what": "x"})]
    monkeypatch.setattr(reminders, "_sources", {})
    reminders.register("test", lambda until: [one for one in found if one.due <= until])
    return found


def run(day, hour=9, minute=0):
    with time_machine.travel(dt.datetime(2026, 5, day, hour, minute, tzinfo=ZONE), tick=False):
        return reminding.remind()


def test_person_is_reminded_at_each_step_and_once(due, person):
    told = {day: run(day) + run(day, 12) for day in range(15, 32)}
    assert {day for day, number in told.items() if number} == {23, 29, 30}
    assert set(told.values()) == {0, 1}
    assert [notice.title for notice in Notice.objects.order_by("pk")] == [
        "Ответить на замечания: срок через 7 дней, 30 мая",
        "Ответить на замечания: срок завтра, 30 мая",
        "Ответить на замечания: срок сегодня, 30 мая",
    ]
    assert Letter.objects.filter(to=person.email).count() == 3
    assert "30 мая 2026 г., 23:59" in Letter.objects.first().body


def test_night_waits_for_the_morning(due):
    assert run(23, 3) == run(23, 7, 59) == run(23, 20) == 0
    assert run(23, 8) == 1


def test_worker_that_stood_still_for_a_day_makes_up_for_it(due):
    assert run(24) == 1
    assert run(23) == 0


def test_step_missed_by_long_is_left_to_the_next_one(due):
    assert run(27) == 0


def test_moved_term_is_reminded_of_anew(due, person):
    assert run(23) == 1
    due[0] = reminders.Reminder(person, "7", DUE + dt.timedelta(hours=-2), "Срок", "/", "test_due", {"what": "x"})
    assert run(23) == 1


def test_what_is_done_is_no_more_yielded_and_no_more_told(due):
    assert run(23) == 1
    due.clear()
    assert run(29) == 0


def test_term_that_is_over_is_not_told_of(due, person):
    due[0] = reminders.Reminder(person, "7", DUE.replace(hour=8), "Срок", "/", "test_due", {"what": "x"})
    assert run(30, 9) == 0


def test_failing_source_does_not_silence_the_others(due):
    def broken(until):
        raise RuntimeError

    reminders.register("broken", broken)
    reminders._sources = {"broken": broken, **reminders._sources}
    assert run(23) == 1


def test_days_and_hours_are_settings(due):
    LetterSettings.objects.create(morning=10, evening=18, reminder_days="3")
    assert run(23) == 0
    assert run(27, 9) == 0
    assert run(27, 10) == 1


@pytest.mark.parametrize("text", ["", "семь", "7; 1", "100", "7,,x"])
def test_days_that_are_no_numbers_are_refused(text):
    with pytest.raises(ValidationError):
        LetterSettings(reminder_days=text).clean()


def test_source_with_a_long_name_is_refused():
    with pytest.raises(ValueError, match="long"):
        reminders.register("x" * 21, lambda until: [])
