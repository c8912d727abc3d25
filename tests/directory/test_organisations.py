"""The public registry: filters, counts, pages and exports; nothing hidden shows, nothing asked breaks it."""

import json

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils.http import urlencode

from portal.organisations.models import Municipality
from portal.vocabularies.models import Term
from practices.models import PracticeIndexPage
from tests.factories.organisations import OrganisationFactory
from tests.factories.practices import PracticePageFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def kamyshin():
    return Municipality.objects.get(slug="kamyshin")


@pytest.fixture
def bank():
    return PracticeIndexPage.objects.get()


def listed(client, **params):
    page = client.get(reverse("organisations"), params)
    assert page.status_code == 200
    return [row["title"] for row in page.context["rows"]]


def kind(slug):
    return Term.objects.get(vocabulary="org_forms", slug=slug)


def test_list_is_filtered_counted_and_sorted(client, kamyshin, bank):
    for name, slug in (("Жук", "mbdou"), ("Ёлочка", "madou"), ("Ель", "mbdou")):
        OrganisationFactory(short_name=name, municipality=kamyshin, kind=kind(slug))
    rich = OrganisationFactory(short_name="Ясень", closed_on="2021-08-31")
    PracticePageFactory(parent=bank, organisation=rich)
    assert listed(client) == ["Ель", "Ёлочка", "Жук", "Ясень"]
    assert listed(client, municipality="kamyshin") == ["Ель", "Ёлочка", "Жук"]
    assert listed(client, kind=["mbdou", "madou"], state="open") == ["Ель", "Ёлочка", "Жук"]
    assert listed(client, kind="mbdou") == ["Ель", "Жук"]
    assert listed(client, state="closed") == ["Ясень"]
    assert listed(client, practices="yes") == ["Ясень"]
    assert listed(client, sort="practices")[0] == "Ясень"
    assert listed(client, q="ЕЛОЧ") == ["Ёлочка"]


def test_counts_of_a_facet_follow_the_other_choices(client, kamyshin):
    OrganisationFactory(municipality=kamyshin, kind=kind("mbdou"))
    OrganisationFactory(kind=kind("madou"))
    page = client.get(reverse("organisations"), {"municipality": "kamyshin"})
    facets = {facet["name"]: facet["options"] for facet in page.context["facets"]}
    assert [(row["value"], row["count"]) for row in facets["kind"]] == [("mbdou", 1)]


def test_chips_take_off_one_filter_and_keep_the_others(client, kamyshin):
    OrganisationFactory(municipality=kamyshin)
    page = client.get(reverse("organisations"), {"municipality": "kamyshin", "state": "open", "q": "сад"})
    assert [(chip["label"], chip["url"]) for chip in page.context["filters"]] == [
        ("«сад»", "/organisations/?municipality=kamyshin&state=open"),
        ("г. Камышин", "/organisations/?" + urlencode([("q", "сад"), ("state", "open")])),
        ("Открытые", "/organisations/?" + urlencode([("q", "сад"), ("municipality", "kamyshin")])),
    ]
    assert page.context["noindex"]


def test_district_of_the_city_is_a_filter_too(client):
    city = Municipality.objects.get(slug="volgograd")
    district = Municipality.objects.get(slug="volgograd-dzerzhinskiy")
    OrganisationFactory(short_name="Волна", municipality=city, city_district=district)
    OrganisationFactory(short_name="Мир", municipality=city)
    assert listed(client, municipality="volgograd") == ["Волна", "Мир"]
    assert listed(client, municipality="volgograd-dzerzhinskiy") == ["Волна"]


def test_regional_organisations_are_found(client):
    OrganisationFactory(short_name="Академия", municipality=None)
    OrganisationFactory()
    assert listed(client, municipality="region") == ["Академия"]


@pytest.mark.parametrize(
    "query",
    [
        "kind=net&municipality=mars&state=maybe&practices=no&sort=random&page=x",
        "page=99999999999999999999",
        "page=-1&q=%00",
        "q=" + "%22" * 300,
        "q='%20OR%201=1--",
        "kind=&q=&municipality=",
        "q=" + "%D1%8F" * 1500,
    ],
)
def test_absurd_parameters_drop_only_themselves(client, kamyshin, query):
    OrganisationFactory(short_name="Та самая", municipality=kamyshin)
    page = client.get(f"{reverse('organisations')}?municipality=kamyshin&{query}")
    assert page.status_code == 200
    assert page.context["rows"] or page.context["empty"]
    if "q=%D1" not in query and "OR" not in query:
        assert [row["title"] for row in page.context["rows"]] == ["Та самая"]


def test_empty_list_names_the_filter_that_empties_it(client, kamyshin):
    OrganisationFactory(municipality=kamyshin)
    page = client.get(reverse("organisations"), {"municipality": "kamyshin", "state": "closed"})
    assert "Список опустошает фильтр «Работает: Закрытые». Без него найдётся 1 организация." in page.content.decode()


def test_pages_keep_the_filters(client, kamyshin):
    OrganisationFactory.create_batch(21, municipality=kamyshin)
    page = client.get(reverse("organisations"), {"municipality": "kamyshin", "page": "7"})
    assert page.context["links"].range == "21–21 из 21"
    assert page.context["links"].previous_url == "/organisations/?municipality=kamyshin"


@pytest.mark.parametrize("address", ["/organisations/", "/municipalities/", "/municipalities/kamyshin/"])
def test_sql_is_the_same_for_one_row_and_many(client, kamyshin, bank, address, django_assert_max_num_queries):
    owner = OrganisationFactory(municipality=kamyshin)
    PracticePageFactory(parent=bank, organisation=owner, municipality=kamyshin)
    numbers = []
    for _ in range(2):
        client.get(address)  # fills the memory of the registry and of the bank
        with django_assert_max_num_queries(10) as warm:
            client.get(address, {"n": len(numbers)})
        numbers.append(len(warm))
        for owner in OrganisationFactory.create_batch(40, municipality=kamyshin):
            PracticePageFactory(parent=bank, organisation=owner, municipality=kamyshin)
        cache.clear()
    assert numbers[0] == numbers[1] <= 10


def test_page_of_an_organisation_shows_its_practices_only(client, kamyshin, bank):
    owner, other = OrganisationFactory.create_batch(2, municipality=kamyshin)
    shown = PracticePageFactory(parent=bank, organisation=owner, title="Видимая практика")
    PracticePageFactory(parent=bank, organisation=owner, title="Черновая практика", live=False)
    PracticePageFactory(parent=bank, organisation=other, title="Чужая практика")
    page = client.get(owner.get_absolute_url())
    text = page.content.decode()
    assert len(page.context["tiles"]) == 1
    assert shown.title in text
    assert "Черновая практика" not in text
    assert "Чужая практика" not in text


def test_drafts_do_not_count(client, bank):
    owner = OrganisationFactory(short_name="Пустая")
    PracticePageFactory(parent=bank, organisation=owner, live=False)
    assert listed(client, practices="yes") == []


def test_name_of_the_head_is_shown_only_with_leave(client):
    hidden = OrganisationFactory(head_name="Имя Скрытое", head_position="Заведующий")
    shown = OrganisationFactory(head_name="Имя Открытое", head_is_public=True)
    assert "Имя Скрытое" not in client.get(hidden.get_absolute_url()).content.decode()
    assert "Имя Открытое" in client.get(shown.get_absolute_url()).content.decode()
    rows = json.loads(b"".join(client.get(reverse("organisation_export", args=["json"])).streaming_content))
    assert sorted(row["head"] for row in rows) == ["", "Имя Открытое"]


def test_closed_organisation_is_marked(client):
    closed = OrganisationFactory(closed_on="2021-08-31")
    assert "С 31 августа 2021 не работает." in client.get(closed.get_absolute_url()).content.decode()


@pytest.mark.parametrize("fmt", ["xlsx", "csv", "json"])
def test_export_gives_what_the_address_lists(client, kamyshin, fmt):
    OrganisationFactory(name="Сад «Экспорт»", municipality=kamyshin, is_demo=True)
    OrganisationFactory(name="Сад «Другой»")
    answer = client.get(reverse("organisation_export", args=[fmt]), {"municipality": "kamyshin"})
    body = b"".join(answer.streaming_content)
    assert answer.status_code == 200
    if fmt == "json":
        assert [(row["name"], row["is_demo"]) for row in json.loads(body)] == [("Сад «Экспорт»", True)]
    if fmt == "csv":
        assert "Экспорт" in body.decode()
        assert "Другой" not in body.decode()


def test_unknown_things_are_not_found(client):
    assert client.get("/organisations/net-takoy/").status_code == 404
    assert client.get("/municipalities/net-takoy/").status_code == 404
    assert client.get("/organisations/export.exe").status_code == 404


def test_change_of_the_registry_is_seen_at_once(client, django_capture_on_commit_callbacks):
    organisation = OrganisationFactory(short_name="Прежнее имя")
    assert listed(client) == ["Прежнее имя"]
    with django_capture_on_commit_callbacks(execute=True):
        organisation.short_name = "Новое имя"
        organisation.save()
    assert listed(client) == ["Новое имя"]


def test_pages_are_the_same_for_everybody(client):
    organisation = OrganisationFactory()
    for address in (reverse("organisations"), organisation.get_absolute_url(), reverse("municipalities")):
        answer = client.get(address)
        assert "public" in answer.headers["Cache-Control"]
        assert not answer.cookies
        assert client.get(address, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
