"""Municipalities and organisations: one record each, known by all their names."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.utils import timezone

from portal.core.publicity import is_public
from portal.core.sites import default_site
from portal.organisations.choices import city_districts, find_municipality, municipalities, nearest_municipality
from portal.organisations.models import Municipality, MunicipalityKind, Organisation
from portal.organisations.setup import setup
from tests.factories.organisations import MunicipalityFactory, OrganisationFactory, valid_inn

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_region_has_its_municipalities_and_city_districts():
    assert (len(municipalities()), len(city_districts("volgograd"))) == (38, 8)
    assert {place.kind for place in municipalities()} == {
        MunicipalityKind.MUNICIPAL_DISTRICT,
        MunicipalityKind.URBAN_OKRUG,
        MunicipalityKind.MUNICIPAL_OKRUG,
    }


def test_second_setup_changes_nothing():
    before = list(Municipality.objects.order_by("pk").values())
    assert list(setup()) == []
    assert list(Municipality.objects.order_by("pk").values()) == before


def test_setup_keeps_what_editors_changed():
    Municipality.objects.filter(slug="frolovo").update(slug="g-frolovo", short_name="Фролово")
    Municipality.objects.filter(slug="elanskiy").delete()
    assert list(setup()) == []
    assert not Municipality.objects.filter(slug__in=["frolovo", "elanskiy"]).exists()


def test_municipalities_cost_one_query(django_assert_num_queries):
    is_public(default_site().root_page)  # what tells the public from the hidden is known to every page
    with django_assert_num_queries(1):
        municipalities()
        find_municipality("Камышин")
    with django_assert_num_queries(0):
        city_districts()
        nearest_municipality("Комышин")


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Алексеевский муниципальный район", "alekseevskiy"),
        ("АЛЕКСЕЕВСКИЙ РАЙОН", "alekseevskiy"),
        ("Алексеевский р-н", "alekseevskiy"),
        ("Калачёвский", "kalachevskiy"),
        ("Калачевский  район Волгоградской области", "kalachevskiy"),
        ("г.Камышин", "kamyshin"),
        ("городской округ – город Камышин", "kamyshin"),
        ("Камышинский район", "kamyshinskiy"),
        ("Волгоград", "volgograd"),
        ("город-герой Волгоград", "volgograd"),
        ("Михайловский муниципальный район", "mikhaylovka"),
        ("городской округ город Михайловка", "mikhaylovka"),
        ("муниципальный округ город Михайловка", "mikhaylovka"),
        ("uryupinsk", "uryupinsk"),
    ],
)
def test_municipality_is_known_by_any_name(name, slug):
    found = find_municipality(name)
    assert found is not None
    assert found.slug == slug


@pytest.mark.parametrize("name", ["", "район", "Вологодский район", "Тракторозаводский район", "«»"])
def test_name_of_no_municipality_is_none(name):
    assert find_municipality(name) is None


def test_nearest_municipality_is_offered():
    assert nearest_municipality("Комышинский район") == "Камышинский район"
    assert nearest_municipality("Париж") == ""


def test_city_district_is_known_among_districts():
    found = find_municipality("Дзержинский", city_districts("volgograd"))
    assert found is not None
    assert found.slug == "volgograd-dzerzhinskiy"


def test_two_municipalities_cannot_share_a_name():
    other = MunicipalityFactory.build(aliases=["камышин"])
    with pytest.raises(ValidationError) as refused:
        other.full_clean()
    assert "aliases" in refused.value.message_dict


def test_district_belongs_to_a_city_and_nothing_else_does():
    with pytest.raises(ValidationError):
        MunicipalityFactory.build(kind=MunicipalityKind.CITY_DISTRICT).full_clean()
    with pytest.raises(ValidationError):
        MunicipalityFactory.build(parent=MunicipalityFactory()).full_clean()


def test_used_municipality_is_not_deleted():
    organisation = OrganisationFactory()
    with pytest.raises(ProtectedError):
        organisation.municipality.delete()


def test_same_organisation_in_another_spelling_is_refused():
    first = OrganisationFactory(name="МДОУ «Ёлочка»")
    same = OrganisationFactory.build(name="мдоу елочка", municipality=first.municipality, inn="")
    with pytest.raises(ValidationError) as refused:
        same.full_clean()
    assert refused.value.message_dict["name"] == ["Такое название уже есть: «МДОУ «Ёлочка»»."]
    elsewhere = OrganisationFactory.build(name="мдоу елочка", municipality=MunicipalityFactory(), inn="")
    elsewhere.full_clean()


def test_refusal_of_an_inn_says_whose_it_is():
    first = OrganisationFactory(inn=valid_inn(7), short_name="Детский сад «Журавлик»")
    other = OrganisationFactory.build(inn=first.inn, municipality=first.municipality)
    with pytest.raises(ValidationError) as refused:
        other.full_clean()
    assert "Журавлик" in refused.value.message_dict["inn"][0]


def test_organisation_is_not_closed_ahead_of_time():
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    with pytest.raises(ValidationError):
        OrganisationFactory.build(municipality=MunicipalityFactory(), closed_on=tomorrow).full_clean()


def test_district_of_another_city_is_refused():
    district = Municipality.objects.get(slug="volgograd-dzerzhinskiy")
    with pytest.raises(ValidationError) as refused:
        OrganisationFactory.build(municipality=MunicipalityFactory(), city_district=district).full_clean()
    assert "city_district" in refused.value.message_dict


def test_codes_of_namesakes_differ_by_municipality():
    slugs = []
    for place in ("kamyshin", "frolovo", "uryupinsk"):
        organisation = Organisation(
            name="МДОУ «Ромашка»",
            short_name="Детский сад «Ромашка»",
            municipality=Municipality.objects.get(slug=place),
        )
        organisation.full_clean()
        organisation.save()
        slugs.append(organisation.slug)
    assert slugs == ["detskiy-sad-romashka", "detskiy-sad-romashka-frolovo", "detskiy-sad-romashka-uryupinsk"]


def test_names_stand_in_russian_order_with_numbers_by_value():
    place = MunicipalityFactory()
    for name in ("Сад № 14", "Сад № 2", "Сад «Жук»", "Сад «Ёж»", "Сад «Ель»"):
        OrganisationFactory(short_name=name, municipality=place)
    names = [row.short_name for row in Organisation.objects.filter(municipality=place)]
    assert names == ["Сад № 2", "Сад № 14", "Сад «Ель»", "Сад «Ёж»", "Сад «Жук»"]
