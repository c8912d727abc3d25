"""Stages of a contest as a calendar that a real parser reads: days, the hour of the deadline, cancellation."""

from __future__ import annotations

import datetime as dt

import pytest
from icalendar import Calendar

from tests.factories.contests import ContestPageFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

BEGINS = dt.date(2027, 3, 1)


def entries(client, page):
    answer = client.get(f"/contests/{page.slug}/calendar.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    return {str(event["summary"]): event for event in Calendar.from_ical(answer.content).walk("VEVENT")}


def test_stages_stand_by_days_and_the_end_of_the_intake_by_its_hour(client):
    page = ContestPageFactory(title="Лучший сад", begins=BEGINS)
    found = entries(client, page)
    assert list(found) == [
        "Лучший сад: Приём заявок",
        "Лучший сад: приём заканчивается",
        "Лучший сад: Заочный тур",
        "Лучший сад: Итоги",
    ]
    intake = found["Лучший сад: Приём заявок"]
    assert intake.decoded("dtstart") == BEGINS
    assert intake.decoded("dtend") == BEGINS + dt.timedelta(days=21)  # the first free day
    ends = found["Лучший сад: приём заканчивается"].decoded("dtstart")
    assert ends.isoformat() == "2027-03-21T23:59:59+03:00"
    assert len({str(event["uid"]) for event in found.values()}) == 4


def test_a_deadline_in_a_year_of_another_offset_keeps_its_hour(client):
    found = entries(client, ContestPageFactory(title="Сад", begins=dt.date(2019, 3, 1), year=2019))
    assert found["Сад: приём заканчивается"].decoded("dtstart").isoformat() == "2019-03-21T23:59:59+04:00"


def test_a_cancelled_contest_cancels_its_entries(client):
    page = ContestPageFactory(begins=BEGINS, is_cancelled=True, cancel_reason="Приказ № 7")
    assert {str(event["status"]) for event in entries(client, page).values()} == {"CANCELLED"}
