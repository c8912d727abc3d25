"""The catalogue over HTTP: filters, counts, chips, pages, sorts, and input that nobody should send."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from practices.domain.changes import names_version, practices_version
from search.engines.query import MAX_QUERY
from tests.factories.practices import FULL, OrganisationFactory, PracticePageFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

URL = "/practices/"


def titles(response):
    found = re.findall(
        r'<article class="card result[^>]*>.*?<h3><a href="([^"]+)">(.*?)</a>', response.content.decode(), re.S
    )
    return [unescape(re.sub(r"</?mark>", "", title)) for _, title in found]


def ask(client, query="", **headers):
    response = client.get(f"{URL}?{query}" if query else URL, headers=headers)
    assert response.status_code == 200
    return response


@pytest.fixture
def three(bank):
    PracticePageFactory(parent=bank, title="Степь весной", areas=["poznavatelnoe"], ages=["age-5-6"], tags=["Природа"])
    PracticePageFactory(parent=bank, title="Речь и сказка", areas=["rechevoe"], ages=["age-5-6"], tags=["Сказка"])
    PracticePageFactory(parent=bank, title="Первые слова", areas=["rechevoe"], ages=["age-3-4"], tags=["Сказка"])


def test_only_public_practices_are_shown(client, siblings):
    response = ask(client)
    assert titles(response) == ["Степной дневник"]
    body = response.content.decode()
    for page in siblings.hidden:
        assert page.title not in body
    assert "1 практика" in body


def test_filters_join_inside_and_narrow_between(client, three):
    assert set(titles(ask(client, "area=rechevoe"))) == {"Речь и сказка", "Первые слова"}
    assert titles(ask(client, "area=rechevoe&age=age-5-6")) == ["Речь и сказка"]
    assert len(titles(ask(client, "area=rechevoe&area=poznavatelnoe"))) == 3


def test_counts_follow_the_other_choices(client, three):
    body = ask(client, "age=age-5-6").content.decode()
    options = {
        value: int(number)
        for value, number in re.findall(r'value="([\w-]+)"[^>]*>.*?<span class="num">(\d+)</span>', body)
    }
    assert options["rechevoe"] == options["poznavatelnoe"] == 1
    assert (options["age-5-6"], options["age-3-4"]) == (2, 1)


def test_chips_remove_one_filter_each_and_all_at_once(client, three):
    body = ask(client, "area=rechevoe&age=age-5-6").content.decode()
    links = [unescape(link) for link in re.findall(r'class="chip chip--remove" href="([^"]+)"', body)]
    assert links == ["/practices/?age=age-5-6", "/practices/?area=rechevoe"]
    assert "Сбросить всё" in body


def test_combinations_are_not_indexed_and_name_the_canonical_address(client, three):
    plain, filtered = ask(client).content.decode(), ask(client, "area=rechevoe").content.decode()
    assert 'content="noindex' not in plain
    assert 'content="noindex, follow"' in filtered
    assert 'rel="canonical" href="http://testserver/practices/"' in filtered


def test_an_empty_list_names_the_filter_that_empties_it(client, three):
    body = unescape(ask(client, "area=poznavatelnoe&age=age-3-4").content.decode())
    assert "Ничего не нашлось" in body
    assert re.search(r"Список опустошает фильтр «(Возраст|Образовательная область): [^»]+». Без него найд", body)
    assert "Сообщить, что нужна такая практика" in body


def test_an_empty_bank_says_so(client, bank):
    assert "Здесь пока нет практик" in ask(client).content.decode()


def test_pages_keep_the_filters_and_one_beyond_the_end_is_the_last(client, bank):
    for _ in range(45):
        PracticePageFactory(parent=bank, areas=["rechevoe"])
    response = ask(client, "area=rechevoe&page=2")
    assert len(titles(response)) == 20
    assert 'href="/practices/?area=rechevoe&amp;page=3"' in response.content.decode()
    assert len(titles(ask(client, "area=rechevoe&page=999999999999999999"))) == 5
    assert titles(ask(client, "area=rechevoe&page=-3")) == titles(ask(client, "area=rechevoe"))


def test_words_are_found_and_marked(client, bank, committed):
    with committed():
        page = PracticePageFactory(parent=bank, title="Прогулки по степи", live=False)
        page.save_revision().publish()
    response = ask(client, "q=степи")
    assert titles(response) == ["Прогулки по степи"]
    assert "<mark>степи</mark>" in response.content.decode()
    assert "ничего нет" in ask(client, "q=космос").content.decode()


def test_text_of_practices_and_queries_is_escaped(client, bank, committed):
    with committed():
        page = PracticePageFactory(parent=bank, title="<script>alert(1)</script> степь", live=False)
        page.save_revision().publish()
    for query in ("", "q=%3Cscript%3Ealert(1)%3C/script%3E степь"):
        assert b"<script>alert" not in ask(client, query).content


@pytest.mark.parametrize(
    "query",
    [
        "area=nothing&area=rechevoe",
        "area=rechevoe&age=%00&kind=<script>",
        "area=rechevoe&page=abc&sort=evil&level=9",
        "area=rechevoe&unknown=1&tag=" + "x" * 300,
        "area=rechevoe&page=1e5&page=%D9%A1",
        "area=rechevoe&municipality=&sort=",
    ],
)
def test_a_bad_value_drops_only_itself(client, three, query):
    assert set(titles(ask(client, query))) == {"Речь и сказка", "Первые слова"}


@pytest.mark.parametrize(
    "text",
    [
        '"',
        "'",
        "   ",
        "%00",
        "a" * 10_000,
        "%20".join(["слово"] * 500),
        "NEAR(a b) OR *",
        "(((",
        "-минус",
        "title:x",
        "%E2%80%8F%E2%80%AE",
        "%FF%FE",
        "\\",
        "a*",
        "^a",
    ],
)
def test_any_query_is_answered(client, three, text):
    ask(client, f"q={text}")


def test_a_long_query_is_cut(client, three):
    body = ask(client, "q=" + "ж" * 400).content.decode()
    assert "ж" * (MAX_QUERY + 1) not in body


def test_htmx_receives_the_list_alone_and_the_short_address(client, three):
    response = ask(client, "area=rechevoe&sort=new&kind=", **{"HX-Request": "true", "HX-Target": "catalogue"})
    body = response.content.decode()
    assert body.startswith('\n<div id="catalogue"') or body.lstrip().startswith('<div id="catalogue"')
    assert "<html" not in body
    assert response["HX-Push-Url"] == "/practices/?area=rechevoe"
    assert "HX-Request" in response["Vary"]


def test_without_scripts_the_form_has_a_button_and_keeps_the_query(client, three):
    body = ask(client, "q=сказка").content.decode()
    assert '<button class="btn" type="submit">Показать</button>' in body
    assert '<input type="hidden" name="q" value="сказка">' in body


@pytest.mark.parametrize("query", ["", "area=rechevoe&age=age-5-6&tag=skazka", "q=речь", "page=3&sort=recognised"])
def test_queries_do_not_grow_with_the_list(client, bank, settings, query):
    owner = OrganisationFactory()
    # The cache of whole pages takes no address so long, and the list itself is what is measured.
    address = f"{query}&x={'x' * 500}"

    def count():
        ask(client, "x=" + "y" * 500)  # menu, settings and footer belong to every page
        practices_version.renew()
        names_version.renew()
        assert len(sql(address)) <= 20
        return len(sql(address))

    def sql(address):
        with CaptureQueriesContext(connection) as seen:
            ask(client, address)
        return seen.captured_queries

    def add(number):
        for _ in range(number):
            PracticePageFactory(
                parent=bank, organisation=owner, areas=["rechevoe"], ages=["age-5-6"], tags=["Сказка"], **FULL
            )

    add(1)
    few = count()
    add(60)
    many = count()
    assert few == many
    assert many <= 9


def test_enter_in_a_filter_shows_the_list_and_opens_no_dictionary(client, three):
    form = client.get("/practices/").content.decode().split('id="facets"')[1].split("</form>")[0]
    first = re.search(r"<button[^>]*>", form).group()
    assert 'type="submit"' in first
    assert "name=" not in first


def test_beside_a_dictionary_shown_whole_folded_filters_wait_but_for_chosen_ones(client, three):
    def facets(query):
        form = client.get(f"/practices/{query}").content.decode().split('id="facets"')[1].split("</form>")[0]
        return set(re.findall(r'<details class="facet" id="facet-([a-z_]+)"', form)), "Остальные фильтры" in form

    everything, has_way_back = facets("")
    assert not has_way_back
    assert {"area", "age", "tag"} <= everything
    shown, has_way_back = facets("?all=deficit")
    assert has_way_back
    assert "tag" not in shown
    assert {"area", "age"} <= shown
    assert "tag" in facets("?all=deficit&tag=skazka")[0]
    assert facets("?all=deficit&all=") == (everything, False)


def test_a_sheet_says_when_it_holds_a_part_of_the_list(client, three, monkeypatch):
    import io

    import openpyxl

    from practices.views import downloads

    whole = openpyxl.load_workbook(io.BytesIO(client.get("/practices/export.xlsx").getvalue()))
    monkeypatch.setattr(downloads, "MOST_SHEET_ROWS", 2)
    part = openpyxl.load_workbook(io.BytesIO(client.get("/practices/export.xlsx").getvalue()))
    assert (whole.sheetnames, part.sheetnames) == (["Практики"], ["Первые 2 из 3"])
