"""Open data: every set holds what is public and no more, and says what each of its fields means."""

import csv
import io
import json

import pytest

from portal.opendata.domain.passports import FORMATS, TITLES, data_sets
from portal.opendata.domain.rows import SOURCES
from tests.factories.organisations import OrganisationFactory
from tests.factories.siblings import make_siblings

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def body(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, path
    return b"".join(answer.streaming_content)


def rows(client, slug):
    return json.loads(body(client, f"/opendata/{slug}/data.json"))


def test_every_field_of_every_set_is_described():
    assert set(data_sets()) == set(SOURCES)
    for found in data_sets().values():
        assert [field.key for field in found.fields] == [column.key for column in found.source.columns]
        assert all(field.meaning for field in found.fields)
        assert set(found.passport()) == set(TITLES)


def test_sets_hold_only_what_is_public(client):
    public = make_siblings()
    for slug in ("practices", "events", "contests", "documents"):
        assert [row["title"] for row in rows(client, slug)] == [public[slug].title], slug
    OrganisationFactory(short_name="Тайна", head_name="Имя Руководителя", head_is_public=False)
    found = next(row for row in rows(client, "organisations") if row["short_name"] == "Тайна")
    assert not found["head"]
    assert len(rows(client, "roadmap")) == 23
    assert {row["practices"] for row in rows(client, "municipalities")} <= {0, 1}
    assert rows(client, "winners") == []


@pytest.mark.parametrize("slug", list(SOURCES))
def test_set_is_given_in_every_format_with_its_passport(client, slug):
    for fmt in FORMATS:
        assert body(client, f"/opendata/{slug}/data.{fmt}")
    found = data_sets()[slug]
    header = next(
        csv.reader(io.StringIO(body(client, f"/opendata/{slug}/data.csv").decode("utf-8-sig")), delimiter=";")
    )
    assert header == [field.title for field in found.fields]
    passport = json.loads(body(client, f"/opendata/{slug}/passport.json"))
    assert {"identifier", "modified", "licence", "schema_version", "owner"} <= {row["property"] for row in passport}
    structure = json.loads(body(client, f"/opendata/{slug}/structure.json"))
    assert [row["name"] for row in structure] == [field.key for field in found.fields]
    page = client.get(f"/opendata/{slug}/")
    assert found.fields[0].meaning in page.content.decode()


def test_registry_names_every_set_and_its_files(client):
    listed = json.loads(body(client, "/opendata/list.json"))
    assert [row["identifier"] for row in listed] == list(data_sets())
    assert listed[0]["data_csv"] == "http://testserver/opendata/practices/data.csv"
    page = client.get("/opendata/").content.decode()
    assert all(found.title in page for found in data_sets().values())


def test_an_unchanged_file_is_304_and_a_changed_one_is_not(client, home):
    first = client.get("/opendata/documents/data.csv")
    b"".join(first.streaming_content)
    asked = {"If-None-Match": first.headers["ETag"]}
    assert client.get("/opendata/documents/data.csv", headers=asked).status_code == 304
    assert client.get("/opendata/documents/data.json", headers=asked).status_code == 200
    from portal.core import versions

    versions.published.renew()
    assert client.get("/opendata/documents/data.csv", headers=asked).status_code == 200


@pytest.mark.parametrize(
    "path", ["nothing/", "nothing/data.csv", "practices/data.exe", "practices/passport.xlsx", "list.xlsx"]
)
def test_what_does_not_exist_is_not_found(client, path):
    assert client.get(f"/opendata/{path}").status_code == 404
