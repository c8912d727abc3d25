"""The list of events: what is public, coming and past apart, filters in the address, a way out of an empty list."""

from __future__ import annotations

import csv
import io
import json

import pytest
from django.core.cache import cache
from openpyxl import load_workbook

from tests.events.conftest import HIDDEN
from tests.factories.events import EventPageFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def titles(response):
    return [row["title"] for row in response.context["rows"]]


def counts(response):
    return {tab["label"]: tab["count"] for tab in response.context["tabs"]}


def facet(response, name):
    found = next((facet for facet in response.context["facets"] if facet["name"] == name), {"options": []})
    return {option["value"]: option["count"] for option in found["options"]}


def test_only_public_events_are_listed_counted_and_offered_as_filters(client, siblings):
    response = client.get("/events/")
    assert titles(response) == ["Открытое завтра"]
    assert counts(response) == {"Предстоящие": 1, "Архив": 1, "Календарь": None}
    assert facet(response, "kind") == {"vebinar": 1}
    assert facet(response, "audience") == {"pedagogi": 1}
    assert HIDDEN not in response.content.decode()
    archive = client.get("/events/?when=past")
    assert titles(archive) == ["Открытое вчера"]
    assert HIDDEN not in archive.content.decode()


def test_events_of_an_unpublished_section_are_nowhere(client, section, siblings):
    section.refresh_from_db()
    section.unpublish()
    cache.clear()
    assert "Открытое" not in client.get("/events/feed/").content.decode()
    assert "SUMMARY" not in client.get("/events/calendar.ics").content.decode()
    assert client.get(f"/events/{siblings[0].slug}.ics").status_code == 404
    assert client.get(f"/events/{siblings[0].slug}/").status_code == 404


def test_an_event_is_over_after_its_last_day_not_within_it(client, section):
    EventPageFactory(title="Сегодняшнее", in_days=0)
    long = EventPageFactory(title="Трёхдневное", in_days=-1)
    long.ends_at = long.starts_at.replace(hour=20) + (EventPageFactory.build(in_days=1).starts_at - long.starts_at)
    long.save_revision().publish()
    EventPageFactory(title="Вчерашнее", in_days=-1)
    cache.clear()
    assert titles(client.get("/events/")) == ["Трёхдневное", "Сегодняшнее"]
    assert titles(client.get("/events/?when=past")) == ["Вчерашнее"]


def test_coming_events_stand_by_date_and_the_archive_the_other_way_round(client, section):
    for days in (9, 3, 5, -9, -3, -5):
        EventPageFactory(title=str(days), in_days=days)
    assert titles(client.get("/events/")) == ["3", "5", "9"]
    assert titles(client.get("/events/?sort=-date")) == ["9", "5", "3"]
    assert titles(client.get("/events/?when=past")) == ["-3", "-5", "-9"]
    assert titles(client.get("/events/?when=past&sort=date")) == ["-9", "-5", "-3"]


@pytest.fixture
def several(section, cycle):
    """Events that differ in one value each."""
    EventPageFactory(title="вебинар для педагогов", kind="vebinar", format="onlayn", audiences=["pedagogi"])
    EventPageFactory(title="семинар для педагогов", kind="seminar", audiences=["pedagogi"], tags=["Игра"])
    EventPageFactory(title="семинар для руководителей", kind="seminar", audiences=["upravlentsy"], tags=["Речь"])
    EventPageFactory(title="встреча круга", kind="seminar", cycle=cycle, number_in_cycle=1, deficits=["d-igra"])


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=vebinar", {"вебинар для педагогов"}),
        ("kind=vebinar&kind=seminar&audience=pedagogi", {"вебинар для педагогов", "семинар для педагогов"}),
        ("kind=seminar&audience=upravlentsy", {"семинар для руководителей"}),
        ("format=onlayn", {"вебинар для педагогов"}),
        ("tag=igra", {"семинар для педагогов"}),
        ("topic=igra&topic=rech", {"семинар для педагогов", "семинар для руководителей"}),
        ("cycle=krugi", {"встреча круга"}),
        ("deficit=d-igra", {"встреча круга"}),
        ("kind=net-takogo&kind=vebinar", {"вебинар для педагогов"}),
    ],
)
def test_filters_meet_or_inside_and_between(client, several, query, found):
    response = client.get(f"/events/?{query}")
    assert set(titles(response)) == found
    assert response.context["noindex"]
    assert len(response.context["filters"]) == len([p for p in query.split("&") if "net-takogo" not in p])


def test_a_chip_takes_off_its_filter_alone_and_the_tabs_keep_the_others(client, several):
    response = client.get("/events/?kind=seminar&audience=pedagogi")
    chips = {chip["label"]: chip["url"] for chip in response.context["filters"]}
    assert chips["Семинар"] == "/events/?audience=pedagogi"
    assert chips["Педагоги"] == "/events/?kind=seminar"
    urls = [tab["url"] for tab in response.context["tabs"]]
    assert urls[1] == "/events/?when=past&kind=seminar&audience=pedagogi"


def test_counts_of_a_facet_stand_under_the_choices_of_the_others(client, several):
    response = client.get("/events/?kind=seminar")
    assert facet(response, "kind") == {"vebinar": 1, "seminar": 3}
    assert facet(response, "audience") == {"pedagogi": 1, "upravlentsy": 1}


def test_a_month_is_a_filter_of_the_list(client, section):
    page = EventPageFactory(title="в этом месяце", in_days=3)
    EventPageFactory(title="через полгода", in_days=180)
    month = f"{page.first_day:%Y-%m}"
    assert titles(client.get(f"/events/?month={month}")) == ["в этом месяце"]


def test_a_cycle_that_is_not_public_is_named_nowhere(client, section, cycle):
    EventPageFactory(title="встреча", cycle=cycle, number_in_cycle=1)
    cycle.unpublish()
    cache.clear()
    response = client.get("/events/")
    assert titles(response) == ["встреча"]
    assert "Круги обмена" not in response.content.decode()
    assert facet(response, "cycle") == {}


def test_pages_of_the_list_keep_the_filters(client, section):
    for number in range(17):
        EventPageFactory(title=f"встреча {number}", in_days=number + 1, kind="vebinar")
    response = client.get("/events/?kind=vebinar&page=2")
    assert titles(response) == ["встреча 15", "встреча 16"]
    assert response.context["links"].previous_url == "/events/?kind=vebinar"
    assert titles(client.get("/events/?kind=vebinar&page=99")) == ["встреча 15", "встреча 16"]


def test_an_empty_list_leads_to_the_archive_where_something_is(client, section):
    EventPageFactory(in_days=-3, kind="vebinar")
    empty = client.get("/events/?kind=vebinar").context["empty"]
    assert "в архиве есть 1 событие" in empty["text"]
    assert empty["action"]["url"] == "/events/?when=past&kind=vebinar"


def test_an_empty_list_names_the_filter_that_empties_it(client, section):
    EventPageFactory(kind="vebinar")
    EventPageFactory(kind="seminar", audiences=["pedagogi"])
    empty = client.get("/events/?kind=vebinar&audience=pedagogi").context["empty"]
    assert "Список опустошает фильтр" in empty["text"]
    assert len(empty["filters"]) == 1


def test_the_portal_without_events_says_so(client, section):
    response = client.get("/events/")
    assert response.context["empty"]["title"] == "Событий пока нет"
    assert "/events/calendar.ics" in response.content.decode()


ABSURD = [
    "page=999999999999999", "page=-1", "page=²", "kind=%00", "month=2026-13", "month=1e9", "when=никогда", "sort=;drop",
    "view=gallery", "tag=" + "я" * 3000, "cycle=%22", "municipality=../..", "all=everything"
]  # fmt: skip


@pytest.mark.parametrize("query", ABSURD)
def test_absurd_values_only_drop_themselves(client, siblings, query):
    for address in ("/events/calendar.ics", "/events/export.csv"):
        assert client.get(f"{address}?{query}").status_code == 200
    response = client.get(f"/events/?{query}")
    assert response.status_code == 200
    assert titles(response) == ["Открытое завтра"]


def exported(client, fmt, query=""):
    response = client.get(f"/events/export.{fmt}{query}")
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def test_files_hold_the_events_of_the_address_and_nothing_hidden(client, siblings):
    rows = json.loads(exported(client, "json"))
    assert [row["title"] for row in rows] == ["Открытое завтра"]
    assert rows[0]["audiences"] == ["Педагоги"]
    assert rows[0]["starts_at"].endswith("+03:00")
    lines = list(csv.reader(io.StringIO(exported(client, "csv", "?when=past").decode("utf-8-sig")), delimiter=";"))
    assert [line[1] for line in lines] == ["Название", "Открытое вчера"]
    sheet = load_workbook(io.BytesIO(exported(client, "xlsx"))).active
    assert [row[1].value for row in sheet.iter_rows(min_row=2)] == ["Открытое завтра"]
    assert client.get("/events/export.exe").status_code == 404


def test_the_feed_tells_of_public_events_by_the_day_of_announcement(client, siblings):
    feed = client.get("/events/feed/").content.decode()
    assert feed.count("<item>") == 2
    assert HIDDEN not in feed
    assert "(МСК)" in feed


@pytest.mark.parametrize("number", [1, 30])
def test_queries_do_not_grow_with_the_events(client, section, django_assert_num_queries, number):
    for days in range(number):
        EventPageFactory(in_days=days, audiences=["pedagogi"], tags=["Игра"])
    cache.clear()
    client.get("/events/")
    for address in ("/events/?sort=-date", "/events/?when=past", "/events/?view=calendar"):
        with django_assert_num_queries(0):
            client.get(address)
