"""The search over the whole portal: every public page and nothing else, by type with counts; nothing asked breaks it."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from portal.organisations.models import Municipality
from search.pages.kinds import KINDS
from search.pages.queries import direct_hits
from search.pages.views import PER_PAGE
from tests.factories.organisations import OrganisationFactory
from tests.factories.practices import PracticePageFactory
from tests.factories.siblings import free_page, make_siblings, shelves

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

TABS = {kind.label for kind in KINDS}
ONE_OF_A_KIND = {kind.one for kind in KINDS}
PUBLIC = len(KINDS)
HOSTILE = [
    '"',
    "'",
    "«",
    "\\",
    "%",
    "_",
    "*",
    "(",
    '"росянка',
    "росянка OR",
    "NEAR(росянка)",
    "title:росянка AND NOT",
    "росянка*^-+",
    "&|!<->",
    "   ",
    "\t\r\n",
    "\x00",
    "росянка\x00",
    "\u202e\u200f\u200b",
    "я" * 10_240,
    "слово " * 500,
    "'; DROP TABLE wagtailcore_page; --",
    "{{ 7|add:7 }}",
    "\U0001f33f",
    "\ud7ff\ufffe",
]


@pytest.fixture
def indexed(django_capture_on_commit_callbacks):
    """Make pages so that the index hears of them, as after a commit."""

    def make(function):
        with django_capture_on_commit_callbacks(execute=True):
            result = function()
        cache.clear()
        return result

    return make


@pytest.fixture
def siblings(indexed):
    return indexed(make_siblings)


def found(client, **params):
    response = client.get("/search/", params)
    assert response.status_code == 200
    return response


def urls(response):
    return [row["url"] for row in response.context["rows"]]


def tabs(response):
    return {tab["label"]: tab["count"] for tab in response.context["tabs"]}


def test_exactly_the_public_pages_are_found_and_counted(client, siblings):
    response = found(client, q="росянка")
    assert sorted(urls(response)) == [
        "/contests/rosyanka-contests/",
        "/documents/rosyanka-documents/",
        "/events/rosyanka-events/",
        "/news/rosyanka-news/",
        "/practices/rosyanka-collections/",
        "/practices/rosyanka-practices/",
        "/roadmap/rosyanka-roadmap/",
        "/rosyanka-pages/",
    ]
    assert tabs(response) == {"Всё": PUBLIC, **dict.fromkeys(TABS, 1)}
    assert response.context["words"] == f"{PUBLIC} страниц"
    assert "черновик" not in response.content.decode()


@pytest.mark.parametrize("kind", [kind.value for kind in KINDS])
def test_a_tab_shows_its_type_and_keeps_the_counts_of_others(client, siblings, kind):
    response = found(client, q="росянка", type=kind)
    assert urls(response) == [siblings[kind].get_url()]
    assert tabs(response)["Всё"] == PUBLIC
    assert [tab["current"] for tab in response.context["tabs"]].count(True) == 1


def test_every_result_opens_and_tells_what_it_is(client, siblings):
    rows = found(client, q="росянка").context["rows"]
    assert {row["kind"] for row in rows} == ONE_OF_A_KIND
    assert {row["summary"] for row in rows} == {"Растёт в степи."}
    assert [client.get(row["url"]).status_code for row in rows] == [200] * PUBLIC


def test_a_result_bears_the_date_that_people_know_the_page_by(client, indexed):
    bank, make_practice = shelves()["practices"]
    section, make_news = shelves()["news"]
    indexed(lambda: make_practice(parent=bank, title="Росянка в банке", published_on=dt.date(2021, 3, 1)))
    indexed(lambda: make_news(parent=section, title="Росянка в новостях", date=dt.date(2022, 5, 9)))
    rows = found(client, q="росянка").context["rows"]
    assert {row["kind"]: row["date"] for row in rows} == {"Практика": "1 марта 2021", "Новость": "9 мая 2022"}


def test_what_is_taken_down_is_gone_with_the_next_request(client, siblings, django_capture_on_commit_callbacks):
    found(client, q="росянка")
    with django_capture_on_commit_callbacks(execute=True):
        siblings["news"].unpublish()
    response = found(client, q="росянка")
    assert "/news/rosyanka-news/" not in urls(response)
    assert tabs(response)["Всё"] == PUBLIC - 1


@pytest.mark.parametrize("query", HOSTILE)
def test_nothing_asked_breaks_the_search(client, siblings, query):
    for kind in ("", "news"):
        response = found(client, q=query, type=kind)
        assert "text/html" in response["Content-Type"]


def test_invisible_marks_do_not_hide_a_word(client, siblings):
    response = found(client, q="\u202eрос\u200bян\u00adка\u200f")
    assert tabs(response)["Всё"] == PUBLIC
    assert response.context["asked"].text == "росянка"


@pytest.mark.parametrize(
    "params",
    [
        {"type": "unknown"},
        {"type": ""},
        {"type": "'"},
        {"type": "я" * 9000},
        {"page": "-1"},
        {"page": "x"},
        {"page": "²"},
    ],
)
def test_absurd_values_only_drop_themselves(client, siblings, params):
    assert len(urls(found(client, q="росянка", **params))) == PUBLIC


def test_a_page_beyond_the_end_is_the_last(client, indexed):
    bank, make = shelves()["practices"]
    indexed(lambda: [make(parent=bank, title=f"Росянка {number}") for number in range(PER_PAGE + 2)])
    response = found(client, q="росянка", page="99999")
    assert len(urls(response)) == 2
    assert response.context["links"].range == f"{PER_PAGE + 1}–{PER_PAGE + 2} из {PER_PAGE + 2}"


def test_words_of_titles_and_of_the_query_are_never_markup(client, indexed):
    evil = '<img src=x onerror=alert(1)>росянка"><script>alert(2)</script>'
    indexed(lambda: free_page(shelves()["pages"][0], evil, summary=evil))
    for query in ("росянка", evil, "росянка <script>alert(3)</script>"):
        page = found(client, q=query).content.decode()
        assert "<img src=x" not in page
        assert "<script>alert" not in page
    page = found(client, q="росянка").content.decode()
    assert escape("<img src=x onerror=alert(1)>") + "<mark>росянка</mark>" in page


def test_an_empty_query_shows_where_to_begin(client):
    page = found(client, q="  ").content.decode()
    assert "Напишите, что ищете" in page
    assert 'role="status"' not in page


def test_nothing_found_helps_on(client):
    page = found(client, q="абракадабра").content.decode()
    assert "По запросу «абракадабра» ничего нет" in page
    assert 'href="/practices/topics/"' in page


def test_nothing_of_one_type_leads_to_the_others(client, indexed):
    indexed(lambda: free_page(shelves()["pages"][0], "Росянка одна"))
    page = found(client, q="росянка", type="news").content.decode()
    assert "Страниц других видов найдено: 1" in page


def test_topics_places_and_gardens_are_one_step_away(indexed):
    place = Municipality.objects.formations().get(slug="kamyshin")
    garden = OrganisationFactory(short_name="Детский сад «Ёжик»", name="МБДОУ «Сад номер семь»", municipality=place)
    tagged = indexed(lambda: PracticePageFactory(tags=["Ёжики в степи"]))
    assert direct_hits("ЕЖИК") == [
        {"label": "тема «Ёжики в степи»", "url": tagged.tags.get().get_absolute_url()},
        {"label": str(garden), "url": garden.get_absolute_url()},
    ]
    assert [hit["url"] for hit in direct_hits("номер СЕМЬ")] == [garden.get_absolute_url()]
    assert place.get_absolute_url() in [hit["url"] for hit in direct_hits("камышин")]
    assert direct_hits("ёж") == []
    assert direct_hits("%%%") == []


def test_a_topic_of_drafts_alone_is_not_shown(indexed):
    indexed(lambda: PracticePageFactory(tags=["Тайная росянка"], live=False))
    assert direct_hits("тайная росянка") == []


def counted(client, **params):
    with CaptureQueriesContext(connection) as seen:
        found(client, **params)
    return len(seen)


def test_queries_do_not_grow_with_what_is_found(client, indexed):
    def more(number):
        for _name, (parent, make) in shelves().items():
            for position in range(number):
                make(parent=parent, title=f"Росянка {number} {position}")

    indexed(lambda: more(1))
    found(client, q="чего нет")
    one = counted(client, q="росянка")
    indexed(lambda: more(3))
    found(client, q="чего нет")
    assert counted(client, q="росянка") == one <= 9
    assert counted(client, q="росянка") == 0
