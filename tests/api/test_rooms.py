"""The rest of the JSON: exactly the described shape, only what is public, nothing asked is an error."""

import datetime as dt

import pytest
from django.core.cache import cache

from portal.api import allowance
from portal.documents.models import DocumentIndexPage
from portal.roadmap.models import RoadmapPage
from tests.factories.documents import DocumentPageFactory
from tests.factories.siblings import make_siblings

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

LISTS = ["events", "contests", "news", "documents"]
ABSURD = "page=-1&page_size=99999999999&sort=%27&tag=%F0&year=x&kind=%22&month=2026-13&when=no&category=%00&type=no"


def ask(client, path):
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == 200, answer.content
    return answer.json()


@pytest.fixture
def described(client):
    return client.get("/api/v1/openapi.json").json()


@pytest.fixture
def public(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        made = make_siblings()
    cache.clear()
    return made


def shape(described, path):
    """Names of the fields that the description gives to rows of an answer."""
    answer = described["paths"][f"/api/v1/{path}"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    schemas = described["components"]["schemas"]
    whole = schemas[answer["$ref"].rsplit("/", 1)[1]]
    return set(schemas[whole["properties"]["results"]["items"]["$ref"].rsplit("/", 1)[1]]["properties"])


@pytest.mark.parametrize("name", LISTS)
def test_list_holds_only_the_public_page_in_the_described_shape(client, public, described, name):
    answer = ask(client, f"{name}?when=past") if name == "events" else ask(client, name)
    if name == "events" and not answer["count"]:
        answer = ask(client, name)
    assert [row["title"] for row in answer["results"]] == [public[name].title]
    assert answer["count"] == 1
    assert set(answer["results"][0]) == shape(described, name)
    assert answer["results"][0]["url"].startswith("http://testserver/")


def test_search_finds_every_public_type_and_counts_them(client, public, described):
    answer = ask(client, "search?q=росянка")
    assert {row["value"]: row["count"] for row in answer["types"]} == dict.fromkeys(public, 1)
    assert {row["title"] for row in answer["results"]} == {page.title for page in public.values()}
    assert set(answer["results"][0]) == shape(described, "search")
    one = ask(client, "search?q=росянка&type=documents")
    assert [(row["type"], row["title"]) for row in one["results"]] == [("documents", public["documents"].title)]
    assert "<mark>" in one["results"][0]["highlight"]
    assert ask(client, "search") == {"count": 0, "results": [], "types": []}


def test_plan_is_given_as_its_own_file_gives_it(client):
    plan = RoadmapPage.objects.get()
    (short,) = ask(client, "roadmap")["results"]
    assert (short["slug"], short["total"]) == (plan.slug, 23)
    whole = ask(client, f"roadmap/{plan.slug}")
    assert sum(len(section["items"]) for section in whole["sections"]) == 23
    own = client.get(f"/roadmap/{plan.slug}/export.json").json()
    assert whole == own
    plan.unpublish()
    cache.clear()
    assert ask(client, "roadmap")["results"] == []
    refused = client.get(f"/api/v1/roadmap/{plan.slug}")
    assert (refused.status_code, refused.json()["detail"]) == (404, "Такого плана нет или он не опубликован.")


@pytest.mark.parametrize("path", [*LISTS, "search", "roadmap", "roadmap/2021-2022", "practices"])
def test_nothing_asked_is_an_error(client, public, path):
    ask(client, f"{path}?q=%00%22*&{ABSURD}&from=x&to=9999-99-99&status=1&responsible=%27")


def test_pages_of_a_list(client):
    section = DocumentIndexPage.objects.get()
    DocumentPageFactory.create_batch(25, parent=section)
    assert len(ask(client, "documents")["results"]) == 20
    assert len(ask(client, "documents?page=2")["results"]) == 5
    assert len(ask(client, "documents?page=99&page_size=10")["results"]) == 5
    assert ask(client, "documents?page_size=1")["results"][0]["date"] == max(
        str(dt.date.fromisoformat(row["date"])) for row in ask(client, "documents?page_size=100")["results"]
    )


@pytest.mark.parametrize("path", [*LISTS, "search", "roadmap"])
def test_list_is_304_while_unchanged_and_429_when_asked_too_often(client, monkeypatch, path):
    first = client.get(f"/api/v1/{path}")
    assert client.get(f"/api/v1/{path}", headers={"If-None-Match": first["ETag"]}).status_code == 304
    monkeypatch.setattr(allowance, "READS_A_MINUTE", 2)
    statuses = [client.get(f"/api/v1/{path}?page={number}").status_code for number in range(3, 6)]
    assert statuses == [200, 429, 429]
