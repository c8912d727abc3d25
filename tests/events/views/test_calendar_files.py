"""Events in people's own calendars: one file an event, subscriptions by filters; hours right in years of either clock."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from icalendar import Calendar

from tests.events.conftest import HIDDEN
from tests.factories.events import EventPageFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

ZONE = ZoneInfo("Europe/Volgograd")


def entries(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    assert response["Content-Type"].startswith("text/calendar")
    return {str(event["summary"]): event for event in Calendar.from_ical(response.content).events}


@pytest.mark.parametrize(("year", "offset"), [(2019, 4), (2022, 3), (2026, 3)])
def test_an_event_opens_at_the_hours_that_were_said(client, section, year, offset):
    start = dt.datetime(year, 6, 9, 9, 30, tzinfo=ZONE)
    page = EventPageFactory(title="Среда участка", starts_at=start, address="ул. Садовая, 5")
    event = entries(client, f"/events/{page.slug}.ics")["Среда участка"]
    assert event.start == start
    assert (event.start.hour, event.start.utcoffset()) == (9, dt.timedelta(hours=offset))
    assert event.end == start + dt.timedelta(hours=2)
    assert event["location"] == "Детский сад № 415, ул. Садовая, 5"
    assert event["url"].endswith(f"/events/{page.slug}/")
    assert "9:30–11:30" in event["description"]


def test_a_cancelled_event_stays_in_calendars_says_so_and_is_newer(client, section):
    page = EventPageFactory(title="Мастер-класс")
    address = f"/events/{page.slug}.ics"
    before = entries(client, address)["Мастер-класс"]
    page.state, page.state_reason = "cancelled", "Площадка на ремонте."
    page.first_published_at -= dt.timedelta(minutes=5)
    page.save_revision().publish()
    cache.clear()
    after = entries(client, address)["Отменено: Мастер-класс"]
    assert after["uid"] == before["uid"]
    assert after["status"] == "CANCELLED"
    assert after["sequence"] > before["sequence"]
    assert "Площадка на ремонте." in after["description"]
    shown = client.get(page.url).content.decode()
    assert "Событие отменено" in shown and "Площадка на ремонте." in shown


def test_a_moved_event_keeps_its_identity_and_takes_its_new_hours(client, section):
    page = EventPageFactory(title="Семинар")
    before = entries(client, f"/events/{page.slug}.ics")["Семинар"]
    page.moved_from, page.state, page.state_reason = page.starts_at, "postponed", "Совпало с другим."
    page.starts_at += dt.timedelta(days=7)
    page.ends_at += dt.timedelta(days=7)
    page.first_published_at -= dt.timedelta(minutes=5)
    page.save_revision().publish()
    cache.clear()
    after = entries(client, f"/events/{page.slug}.ics")["Семинар"]
    assert after["uid"] == before["uid"]
    assert after.start - before.start == dt.timedelta(days=7)
    assert after["sequence"] > before["sequence"]


def test_a_subscription_holds_coming_and_past_public_events(client, siblings):
    assert set(entries(client, "/events/calendar.ics")) == {"Открытое завтра", "Открытое вчера"}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("topic=igra", {"игра"}),
        ("tag=igra", {"игра"}),
        ("audience=pedagogi", {"игра", "речь"}),
        ("audience=pedagogi&kind=vebinar", {"речь"}),
        ("municipality=region", {"игра", "речь", "прочее"}),
        ("topic=net-takoy", {"игра", "речь", "прочее"}),
    ],
)
def test_a_subscription_follows_the_filters_of_the_list(client, section, query, found):
    EventPageFactory(title="игра", tags=["Игра"], audiences=["pedagogi"], kind="seminar")
    EventPageFactory(title="речь", tags=["Речь"], audiences=["pedagogi"], kind="vebinar")
    EventPageFactory(title="прочее")
    assert set(entries(client, f"/events/calendar.ics?{query}")) == found


def test_hidden_events_have_no_file(client, siblings):
    from events.models import EventPage

    for page in EventPage.objects.filter(title=HIDDEN):
        assert client.get(f"/events/{page.slug}.ics").status_code == 404
    assert client.get("/events/net-takogo.ics").status_code == 404


def test_a_calendar_program_that_has_it_all_is_told_so(client, siblings):
    first = client.get("/events/calendar.ics")
    assert "public" in first["Cache-Control"]
    again = client.get("/events/calendar.ics", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304


def test_a_portal_without_events_gives_a_whole_empty_calendar(client, section):
    assert entries(client, "/events/calendar.ics") == {}
