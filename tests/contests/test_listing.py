"""The list of contests: open ones first, nothing hidden, whatever is asked."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from wagtail.models import PageViewRestriction

from contests.domain import queries
from contests.domain.editions import next_boundary
from contests.models import ContestIndexPage, ContestSeries, ContestStage
from portal.core import publicity
from portal.vocabularies.models import Tag
from tests.factories.contests import ContestPageFactory, at, many_contests
from tests.factories.siblings import make_siblings

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

TODAY = dt.date(2027, 3, 10)
NOON = at(TODAY, "12:00")


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def shelf():
    """One contest of each state."""

    def made(title, days, **values):
        return ContestPageFactory(title=title, begins=TODAY + dt.timedelta(days=days), year=2027, **values)

    return {
        "finished": made("Завершённый", -60, results_are_public=True, results_on=TODAY - dt.timedelta(days=15)),
        "announced": made("Будущий", 12),
        "running": made("Идущий", -25),
        "open": made("Открытый", -15),
        "open later": made("Открытый позже", -10),
        "cancelled": made("Отменённый", -5, is_cancelled=True, cancel_reason="Приказ № 7 от 1 марта"),
    }


def listed(client, **params):
    answer = client.get("/contests/", params)
    assert answer.status_code == 200
    return [row["title"] for group in answer.context["groups"] for row in group["rows"]]


def test_open_contests_come_first_those_that_end_sooner_before(client, shelf):
    groups = [group["title"] for group in client.get("/contests/").context["groups"]]
    assert groups == ["Идёт приём заявок", "Идут сейчас", "Скоро", "Завершённые", "Отменённые"]
    assert [row["title"] for row in queries.current(10)] == [
        "Открытый", "Открытый позже", "Идущий", "Будущий", "Завершённый", "Отменённый"
    ]  # fmt: skip


def test_rows_say_how_much_is_left(client, shelf):
    rows = {row["title"]: row for row in queries.current(10)}
    assert (rows["Открытый"]["number"], rows["Открытый"]["words"]) == ("5", "дней до конца приёма")
    assert (rows["Идущий"]["number"], rows["Идущий"]["words"]) == ("15", "дней до итогов")
    assert (rows["Будущий"]["number"], rows["Будущий"]["words"]) == ("12", "дней до начала приёма")
    assert (rows["Завершённый"]["mark"], rows["Завершённый"]["words"]) == ("check", "итоги подведены")
    assert rows["Отменённый"]["line"] == "Приказ № 7 от 1 марта"
    assert [row["title"] for row in queries.current(2)] == ["Открытый", "Открытый позже"]


def test_state_turns_without_publishing_and_kept_pages_end_with_the_stage(client, shelf):
    last = at(dt.date(2027, 3, 15), "23:59:59")
    with time_machine.travel(last + dt.timedelta(microseconds=500_000), tick=False):
        assert queries.current(1)[0]["words"] == "сегодня последний день, до 23:59"
        assert publicity.next_change() == next_boundary() == last + dt.timedelta(seconds=1)
    with time_machine.travel(last + dt.timedelta(seconds=1, microseconds=500_000), tick=False):
        assert queries.current(1)[0]["title"] == "Открытый позже"


@pytest.mark.usefixtures("shelf")
@pytest.mark.usefixtures("clocked_cache")
def test_a_page_kept_before_a_deadline_is_not_given_after_it(client):
    page = ContestPageFactory(title="До вечера", begins=None, year=2027)
    ContestStage.objects.create(
        page=page, slug="priem", title="Приём", is_intake=True, starts_at=at(TODAY), ends_at=at(TODAY, "18:00:00")
    )
    with override_settings(PAGE_CACHE=True):
        assert "сегодня последний день, до 18:00" in client.get("/contests/").content.decode()
        with time_machine.travel(at(TODAY, "18:00:01"), tick=False):
            assert "сегодня последний день" not in client.get("/contests/").content.decode()


def test_filters_meet_in_the_address(client):
    tree = ContestSeries.objects.get(slug="vospitatel-goda")
    other = ContestSeries.objects.get(slug="vospitateli-rossii")
    ContestPageFactory(title="А", series=tree, year=2026, nominations=[("odna", "Единая")])
    ContestPageFactory(title="Б", series=tree, year=2027, nominations=[("odna", "Единая")])
    ContestPageFactory(title="В", series=other, year=2027, nominations=[("semya", "Семья")])
    assert sorted(listed(client, series="vospitatel-goda")) == ["А", "Б"]
    assert sorted(listed(client, year=["2027"])) == ["Б", "В"]
    assert listed(client, year="2027", series="vospitatel-goda") == ["Б"]
    assert listed(client, nomination="semya") == ["В"]
    answer = client.get("/contests/", {"nomination": "semya", "year": "2026"})
    assert answer.context["empty"]["title"] == "Ничего не нашлось"
    assert "noindex" in answer.content.decode()


@pytest.mark.parametrize(
    "query",
    ["series=", "series=нет", "year=99999999999999999999", "year=٢٠٢٢", "page=-1", "page=1e9", "nomination=%00",
     "q=%22%27", "series=a&series=b&year=x", "page=99999999999999999999999", "year=2027%0d%0a"],
)  # fmt: skip
def test_absurd_filters_drop_themselves(client, shelf, query):
    assert client.get(f"/contests/?{query}").status_code in {200, 400}
    assert client.get(f"/contests/winners/?{query}").status_code in {200, 400}


def test_only_public_contests_are_anywhere(client):
    public = make_siblings()["contests"]
    assert listed(client) == [public.title]
    assert [row["title"] for row in queries.current(10)] == [public.title]
    site_map = client.get("/sitemap-pages.xml").content.decode() + client.get("/sitemap.xml").content.decode()
    assert site_map.count("/contests/") <= 3
    assert "chernovik" not in site_map


def test_contests_of_a_closed_section_are_nowhere(client, django_capture_on_commit_callbacks):
    page = ContestPageFactory(title="Скрытый", begins=TODAY)
    assert client.get(f"/contests/{page.slug}/calendar.ics").status_code == 200
    section = ContestIndexPage.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        PageViewRestriction.objects.create(page=section, restriction_type=PageViewRestriction.LOGIN)
    assert queries.current(10) == []
    assert client.get(f"/contests/{page.slug}/calendar.ics").status_code == 404


def test_contest_that_ran_out_a_second_ago_is_not_listed(client):
    ContestPageFactory(title="Ещё виден", expire_at=NOON + dt.timedelta(minutes=1))
    assert listed(client) == ["Ещё виден"]
    with time_machine.travel(NOON + dt.timedelta(minutes=1), tick=False):
        assert queries.current(10) == []


def test_contests_of_a_topic():
    tag = Tag.objects.first()
    ContestPageFactory(title="С темой", tags=[tag])
    ContestPageFactory(title="Без темы")
    assert [row["title"] for row in queries.for_tag(tag)] == ["С темой"]


@pytest.mark.parametrize("number", [3, 300])
def test_pages_cost_the_same_for_few_and_many(client, number):
    page = many_contests(number, ContestSeries.objects.first(), TODAY)
    asked = {}
    with override_settings(PAGE_CACHE=False):
        client = Client()
        for name, address in (
            ("list", "/contests/"),
            ("page", f"/contests/{page.slug}/"),
            ("winners", "/contests/winners/"),
            ("calendar", f"/contests/{page.slug}/calendar.ics"),
        ):
            cache.clear()
            with CaptureQueriesContext(connection) as cold:
                client.get(address)
            with CaptureQueriesContext(connection) as warm:
                answer = client.get(address, headers={"Accept-Encoding": "br"})
            assert answer["Content-Encoding"] == "br"
            assert len(answer.content) <= 8 * 1024, name
            assert len(cold) <= 20, name
            asked[name] = len(warm)
    assert asked == {"list": 0, "page": 1, "winners": 0, "calendar": 2}


def test_a_row_shows_the_number_and_the_full_deadline(client, shelf):
    text = client.get("/contests/").content.decode()
    assert '<b class="num">5</b><span>дней до конца приёма</span>' in text
    assert "Приём до 15 марта 2027, 23:59 по волгоградскому времени (МСК)." in text
