"""Results: hidden until their day everywhere, names only under consents, the archive and its files."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json

import openpyxl
import pytest
import time_machine
from django.core.files.base import ContentFile
from wagtail.models import ReferenceIndex

from contests.domain import queries
from contests.models import ContestResult, ContestSeries
from portal.core import privacy
from portal.files.models import PortalDocument
from portal.organisations.models import Municipality
from portal.vocabularies.enums import Vocabulary
from portal.vocabularies.models import Term
from tests.factories.contests import ContestPageFactory, at
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import make_account
from tests.factories.practices import PracticePageFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

TODAY = dt.date(2027, 5, 20)
NAME = "Росянкина Вымышлена Степановна"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(at(TODAY, "12:00"), tick=False):
        yield


@pytest.fixture
def garden():
    return OrganisationFactory(short_name="Сад «Росянка»", name="МДОУ «Сад „Росянка“»")


@pytest.fixture
def consent():
    return privacy.give_consent("distribution", email="a@example.org", address=None, basis="тест", fields=["name"])


def contest(garden, consent=None, *, on=TODAY, public=True, slug="konkurs-2027", **values):
    return ContestPageFactory(
        title="Лучший сад — 2027",
        slug=slug,
        year=2027,
        begins=TODAY - dt.timedelta(days=60),
        nominations=[("goroda", "Сады городов"), ("rayony", "Сады районов")],
        results_are_public=public,
        results_on=on,
        results=[
            {
                "nomination": "goroda",
                "place": "winner",
                "organisation": garden,
                "municipality": garden.municipality,
                "position": Term.objects.of(Vocabulary.POSITION).get(slug="vospitatel"),
                "name": NAME,
                "consent": consent,
                **values,
            }
        ],
    )


def everywhere(client, page):
    """Everything that a visitor may read of the contest, as text."""
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(client.get("/contests/winners/export.xlsx").streaming_content)))
    return {
        "page": client.get(page.url).content.decode(),
        "list": client.get("/contests/").content.decode(),
        "archive": client.get("/contests/winners/").content.decode(),
        "archive by year": client.get("/contests/winners/?year=2027").content.decode(),
        "csv": b"".join(client.get("/contests/winners/export.csv").streaming_content).decode("utf-8-sig"),
        "json": b"".join(client.get("/contests/winners/export.json").streaming_content).decode(),
        "xlsx": "\n".join(str(cell) for row in sheet.active.values for cell in row),
        "calendar": client.get(f"{page.url}calendar.ics").content.decode(),
        "search": client.get("/search/?q=росянка").content.decode(),
    }


def test_results_are_shown_with_organisation_municipality_and_practice(client, garden):
    practice = PracticePageFactory(title="Степной дневник", slug="stepnoy")
    page = contest(garden, practice=practice)
    text = client.get(page.url).content.decode()
    for words in ("Победитель", "Сады городов", "Сад «Росянка»", garden.municipality.short_name, "/practices/stepnoy/"):
        assert words in text
    assert "Сады районов" in text  # a nomination without a result is still a nomination
    assert [row["title"] for row in queries.awards_of(garden)] == ["Лучший сад — 2027"]


@pytest.mark.parametrize(
    "hidden",
    [{"public": False}, {"on": TODAY + dt.timedelta(days=1)}, {"public": False, "on": None}],
    ids=["not marked", "tomorrow", "neither"],
)
def test_results_before_their_day_are_nowhere(client, garden, consent, hidden):
    page = contest(garden, consent, **hidden)
    texts = everywhere(client, page)
    assert "Росянкина" not in texts.pop("search")  # the organisation itself is in the register
    for place, text in texts.items():
        assert "Росянк" not in text, place
        assert "Победитель" not in text, place
    assert queries.awards_of(garden) == []


def test_results_appear_at_midnight_of_their_day_by_themselves(client, garden):
    page = contest(garden, on=TODAY + dt.timedelta(days=1))
    with time_machine.travel(at(TODAY, "23:59:59.5"), tick=False):
        assert "Росянка" not in client.get(page.url).content.decode()
        assert "Росянка" not in client.get("/contests/winners/").content.decode()
    with time_machine.travel(at(TODAY + dt.timedelta(days=1), "00:00:00.5"), tick=False):
        assert "Росянка" in client.get(page.url).content.decode()
        assert "Росянка" in client.get("/contests/winners/").content.decode()


@pytest.mark.parametrize("gone", ["draft", "expired", "deleted"])
def test_results_of_a_contest_that_is_not_public_are_nowhere(client, garden, gone):
    page = contest(garden)
    if gone == "draft":
        page.save_revision().publish()
        page.unpublish()
    elif gone == "expired":
        page.expire_at = at(TODAY, "11:59")
        page.save()
    else:
        page.delete()
    assert queries.awards_of(garden) == []
    assert "Росянка" not in client.get("/contests/winners/").content.decode()


def test_a_name_is_shown_only_while_its_consent_stands(client, garden, consent, django_capture_on_commit_callbacks):
    page = contest(garden, consent)
    assert all(NAME in text for place, text in everywhere(client, page).items() if place in {"page", "csv", "archive"})
    with django_capture_on_commit_callbacks(execute=True):
        privacy.withdraw_consent(consent)
    for place, text in everywhere(client, page).items():
        assert "Росянкина" not in text, place
    assert "Воспитатель" in client.get(page.url).content.decode()


@pytest.mark.usefixtures("clocked_cache")
def test_a_name_goes_with_the_last_day_of_its_consent(client, garden):
    until = privacy.give_consent(
        "distribution", email="b@example.org", address=None, basis="тест", fields=["name"], valid_until=TODAY
    )
    page = contest(garden, until)
    assert NAME in client.get(page.url).content.decode()
    with time_machine.travel(at(TODAY + dt.timedelta(days=1), "00:00:01"), tick=False):
        for place, text in everywhere(client, page).items():
            assert "Росянкина" not in text, place


def test_a_name_without_a_consent_is_nowhere(client, garden):
    page = contest(garden)
    for place, text in everywhere(client, page).items():
        assert "Росянкина" not in text, place


def test_a_person_is_found_and_erased_from_results_and_revisions(garden):
    person = make_account("c@example.org", last_name="Росянкина", first_name="Вымышлена")
    agreed = privacy.give_consent("distribution", user=person, address=None, basis="тест", fields=["name"])
    page = contest(garden, agreed)
    page.save_revision()
    found = dict(privacy.find_person(user=person))
    assert [row.name for row in found["Результаты конкурсов"]] == [NAME]
    act = privacy.erase_person(user=person)
    assert any("имя стёрто из результатов" in line for line in act)
    assert ContestResult.objects.get().name == ""
    assert NAME not in json.dumps([revision.content for revision in page.revisions.all()], ensure_ascii=False)


def test_practice_that_is_no_longer_public_is_not_named(client, garden):
    practice = PracticePageFactory(title="Степной дневник", slug="stepnoy")
    page = contest(garden, practice=practice)
    practice.save_revision().publish()
    practice.unpublish()
    assert "Степной дневник" not in client.get(page.url).content.decode()
    assert "Степной дневник" not in client.get("/contests/winners/").content.decode()


@pytest.mark.usefixtures("clocked_cache")
def test_protocol_is_closed_until_the_results_are_shown(client, garden):
    protocol = PortalDocument.objects.create(title="Протокол", file=ContentFile(b"%PDF-1.4", "protokol.pdf"))
    page = contest(garden, on=TODAY + dt.timedelta(days=1), protocol=protocol)
    ReferenceIndex.create_or_update_for_object(page)
    assert client.get(protocol.url).status_code == 404
    assert "Протокол" not in client.get(page.url).content.decode()
    with time_machine.travel(at(TODAY + dt.timedelta(days=1), "00:00:01"), tick=False):
        assert "Протокол" in client.get(page.url).content.decode()
        assert client.get(protocol.url).status_code == 200


def test_protocol_that_a_shown_page_gives_too_is_open(client, garden):
    protocol = PortalDocument.objects.create(title="Протокол", file=ContentFile(b"%PDF-1.4", "protokol.pdf"))
    page = contest(garden, on=TODAY + dt.timedelta(days=1), protocol=protocol)
    page.files = [("file", {"title": "Протокол", "document": protocol, "page": None})]
    page.save()
    ReferenceIndex.create_or_update_for_object(page)
    assert client.get(protocol.url).status_code == 200


@pytest.fixture
def archive():
    """Two years of two contests in two municipalities."""
    first, second = Municipality.objects.formations()[:2]
    series = ContestSeries.objects.get(slug="vospitatel-goda"), ContestSeries.objects.get(slug="luchshaya-doo-goda")
    for number, (one, year, place) in enumerate(
        [(series[0], 2021, first), (series[0], 2022, second), (series[1], 2022, first)]
    ):
        ContestPageFactory(
            title=f"Конкурс {number}",
            series=one,
            year=year,
            nominations=[(f"nom-{one.slug}", f"Номинация {one.short_title}")],
            results_are_public=True,
            results_on=dt.date(year, 6, 1),
            results=[
                {"nomination": f"nom-{one.slug}", "municipality": place, "place": "prize"},
                {"nomination": f"nom-{one.slug}", "municipality": place, "place": "winner", "place_words": "I место"},
            ],
        )
    return first, second


def won(client, **params):
    answer = client.get("/contests/winners/", params)
    assert answer.status_code == 200
    return [(award.year, award.series, award.words) for group in answer.context["groups"] for award in group["rows"]]


def test_archive_is_ordered_by_year_contest_nomination_and_place(client, archive):
    assert won(client) == [
        (2022, "vospitatel-goda", "I место"),
        (2022, "vospitatel-goda", "призёр"),
        (2022, "luchshaya-doo-goda", "I место"),
        (2022, "luchshaya-doo-goda", "призёр"),
        (2021, "vospitatel-goda", "I место"),
        (2021, "vospitatel-goda", "призёр"),
    ]


def test_archive_is_filtered_by_year_contest_nomination_municipality_and_words(client, archive):
    first, _second = archive
    assert {row[0] for row in won(client, year="2021")} == {2021}
    assert {row[1] for row in won(client, series="luchshaya-doo-goda")} == {"luchshaya-doo-goda"}
    assert {row[1] for row in won(client, nomination="nom-vospitatel-goda")} == {"vospitatel-goda"}
    assert len(won(client, municipality=first.slug)) == 4
    assert len(won(client, municipality=first.slug, year="2022", place="winner")) == 1
    assert len(won(client, q=first.short_name)) == 4
    assert won(client, year="2021", series="luchshaya-doo-goda") == []


def test_files_hold_the_same_rows_as_the_list(client, archive):
    address = "/contests/winners/export.{}?year=2022&place=winner"
    rows = list(
        csv.DictReader(
            io.StringIO(b"".join(client.get(address.format("csv")).streaming_content).decode("utf-8-sig")),
            delimiter=";",
        )
    )
    assert [(row["Год"], row["Результат"]) for row in rows] == [("2022", "I место")] * 2
    data = json.loads(b"".join(client.get(address.format("json")).streaming_content))
    assert [row["contest"] for row in data] == ["Воспитатель года", "Лучшая ДОО года"]
    assert client.get("/contests/winners/export.pdf").status_code == 404
