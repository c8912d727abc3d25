"""The calendar of a month: events on their days, neighbours inside bounds, nothing hidden."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from tests.events.conftest import HIDDEN
from tests.factories.events import EventPageFactory, at

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

ZONE = ZoneInfo("Europe/Volgograd")


def moment(*parts):
    return dt.datetime(*parts, tzinfo=ZONE)


def days(response):
    return {
        day["number"]: [event["title"] for event in day["events"]]
        for week in response.context["weeks"]
        for day in week
        if day and day["events"]
    }


@pytest.fixture
def november(section):
    EventPageFactory(title="вебинар", starts_at=moment(2026, 11, 5, 14), kind="vebinar")
    EventPageFactory(title="стажировка", starts_at=moment(2026, 11, 29, 9), ends_at=moment(2026, 12, 1, 15))
    EventPageFactory(title="семинар", starts_at=moment(2026, 9, 3, 9))


def shown(client, month, query=""):
    response = client.get(f"/events/?view=calendar&month={month}{query}")
    assert response.status_code == 200
    return response


def test_events_stand_on_every_day_they_take(client, november):
    assert days(shown(client, "2026-11")) == {5: ["вебинар"], 29: ["стажировка"], 30: ["стажировка"]}
    assert days(shown(client, "2026-12")) == {1: ["стажировка"]}


def test_a_month_begins_on_monday_and_is_read_as_a_table(client, november):
    response = shown(client, "2026-11")
    assert [day["number"] for day in response.context["weeks"][0] if day] == [1]  # a Sunday
    page = response.content.decode()
    assert page.count('scope="col"') == 7
    assert "5 ноября, четверг" in page


def test_neighbours_lead_only_where_events_are(client, november):
    today_month = f"{at(0):%Y-%m}"
    first = shown(client, "2026-09")
    assert first.context["previous"] is None or today_month < "2026-09"
    middle = shown(client, "2026-10").context
    assert (middle["previous"]["url"], middle["next"]["url"]) == (
        "/events/?view=calendar&month=2026-09",
        "/events/?view=calendar&month=2026-11",
    )
    assert not middle["noindex"]


@pytest.mark.parametrize("month", ["2001-01", "2099-12"])
def test_far_months_are_empty_lead_nowhere_and_are_not_indexed(client, november, month):
    context = shown(client, month).context
    assert context["is_empty"] and context["noindex"]
    assert context["previous"] is None and context["next"] is None
    assert context["canonical"].endswith("/events/")


@pytest.mark.parametrize("month", ["", "2026-13", "ноябрь", "0000-00", "2026-11-05"])
def test_an_absurd_month_is_the_present_one(client, november, month):
    assert shown(client, month).context["today_url"] == ""


def test_the_filters_hold_in_the_calendar_and_its_chips_keep_the_month(client, november):
    response = shown(client, "2026-11", "&kind=vebinar")
    assert days(response) == {5: ["вебинар"]}
    assert response.context["filters"][0]["url"] == "/events/?view=calendar&month=2026-11"
    assert response.context["next"]["url"].endswith("&kind=vebinar")
    assert response.context["noindex"]


def test_only_public_events_are_in_the_calendar(client, siblings):
    page = shown(client, f"{at(2):%Y-%m}")
    assert HIDDEN not in page.content.decode()
    both = shown(client, f"{at(1):%Y-%m}").content.decode() + shown(client, f"{at(-1):%Y-%m}").content.decode()
    assert "Открытое завтра" in both and "Открытое вчера" in both


def test_a_crowded_day_shows_three_and_the_way_to_the_rest(client, section):
    for number in range(5):
        EventPageFactory(title=f"встреча {number}", starts_at=moment(2030, 5, 14, 9 + number))
    response = shown(client, "2030-05")
    assert days(response) == {14: ["встреча 0", "встреча 1", "встреча 2"]}
    assert "ещё 2" in response.content.decode()
    assert response.context["total_words"] == "5 событий"


def test_a_cancelled_event_is_crossed_out_in_words_too(client, section):
    EventPageFactory(
        title="встреча", starts_at=moment(2030, 5, 14, 9), state="cancelled", state_reason="Площадка на ремонте."
    )
    assert "<s>встреча</s> отменено" in shown(client, "2030-05").content.decode()


def test_a_view_asked_for_twice_is_one_page(client, november):
    response = client.get("/events/?view=calendar&view=gallery&month=2026-11")
    assert response.templates[0].name == "events/event_calendar.html"
    assert days(response)[5] == ["вебинар"]
