"""Municipalities by kinds, each with a page of its own."""

import pytest
from django.urls import reverse

from portal.organisations.models import Municipality
from practices.models import PracticeIndexPage
from tests.factories.organisations import OrganisationFactory
from tests.factories.practices import PracticePageFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def labels(page):
    return [row["label"] for group in page.context["groups"] for row in group["rows"]]


def test_municipalities_stand_by_kinds(client):
    page = client.get(reverse("municipalities"))
    assert [(group["title"], len(group["rows"])) for group in page.context["groups"]] == [
        ("Городские округа", 5),
        ("Муниципальные округа", 1),
        ("Муниципальные районы", 32),
    ]


def test_numbers_are_of_public_things(client):
    place = Municipality.objects.get(slug="kamyshin")
    owner = OrganisationFactory(municipality=place)
    bank = PracticeIndexPage.objects.get()
    PracticePageFactory(parent=bank, organisation=owner, municipality=place)
    PracticePageFactory(parent=bank, organisation=owner, municipality=place, live=False)
    rows = client.get(reverse("municipalities")).context["groups"][0]["rows"]
    assert {row["label"]: row["count"] for row in rows}["г. Камышин"] == "1 организация, 1 практика"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("КАМЫШИН", ["г. Камышин", "Камышинский район"]),
        ("калачёвский", ["Калачевский район"]),
        ("Михайловский район", ["г. Михайловка"]),
        ("дзержинский", ["г. Волгоград"]),
        ("Париж", []),
    ],
)
def test_municipality_is_found_by_any_name(client, query, expected):
    assert labels(client.get(reverse("municipalities"), {"q": query})) == expected


@pytest.mark.parametrize("query", ["%00", "%22", "q" * 5000, "%D1%91"])
def test_absurd_query_breaks_nothing(client, query):
    assert client.get(f"{reverse('municipalities')}?q={query}").status_code == 200


def test_city_shows_its_districts_and_a_district_its_city(client):
    city = client.get("/municipalities/volgograd/")
    assert len(city.context["districts"]) == 8
    district = client.get("/municipalities/volgograd-dzerzhinskiy/")
    assert [crumb["title"] for crumb in district.context["crumbs"]] == ["Муниципалитеты", "г. Волгоград"]


def test_page_lists_only_its_own(client):
    place = Municipality.objects.get(slug="kamyshin")
    bank = PracticeIndexPage.objects.get()
    owner = OrganisationFactory(short_name="Своя", municipality=place)
    OrganisationFactory(short_name="Чужая")
    PracticePageFactory(parent=bank, title="Своя практика", organisation=owner, municipality=place)
    PracticePageFactory(parent=bank, title="Скрытая практика", municipality=place, live=False)
    page = client.get(place.get_absolute_url())
    assert [row["title"] for row in page.context["rows"]] == ["Своя"]
    assert len(page.context["tiles"]) == 1
    assert "Скрытая практика" not in page.content.decode()


def test_page_of_every_municipality_opens(client):
    for place in Municipality.objects.all():
        assert client.get(place.get_absolute_url()).status_code == 200
