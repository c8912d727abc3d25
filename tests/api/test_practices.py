"""The JSON of the bank: its shape, its filters, what never gets in."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.api import allowance
from tests.factories.practices import OrganisationFactory, PracticePageFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

URL = "/api/v1/practices"


def ask(client, query=""):
    response = client.get(f"{URL}?{query}")
    assert response.status_code == 200
    return response.json()


def test_an_answer_has_exactly_the_described_shape(client, bank):
    owner = OrganisationFactory()
    page = PracticePageFactory(
        parent=bank,
        title="Степной дневник",
        external_id="old-7",
        organisation=owner,
        municipality=owner.municipality,
        areas=["poznavatelnoe"],
        tags=["Степь"],
    )
    answer = ask(client)
    assert set(answer) == {"count", "results", "facets", "corrected_query"}
    assert answer["results"] == [
        {
            "id": page.pk,
            "external_id": "old-7",
            "title": "Степной дневник",
            "url": f"http://testserver/practices/{page.slug}/",
            "summary": page.summary,
            "tags": ["Степь"],
            "municipality": owner.municipality.short_name,
            "organisation": owner.short_name,
            "highlight": None,
        }
    ]
    assert answer["facets"]["area"] == [
        {"value": "poznavatelnoe", "label": "Познавательное", "count": 1},
    ]
    assert answer["corrected_query"] is None


def test_only_public_practices_get_in(client, siblings):
    answer = ask(client)
    assert (answer["count"], [row["title"] for row in answer["results"]]) == (1, ["Степной дневник"])
    assert [row["count"] for row in answer["facets"]["area"]] == [1]
    assert [row["count"] for row in answer["facets"]["tag"]] == [1]
    assert client.get("/api/v1/suggest?q=степн").json() == {
        "suggestions": [{"text": "Степной дневник", "url": "/practices/stepnoy/", "kind": "практика"}]
    }


def test_filters_pages_and_bad_values(client, bank):
    for number in range(25):
        PracticePageFactory(parent=bank, areas=["rechevoe" if number % 5 else "poznavatelnoe"])
    assert ask(client, "area=poznavatelnoe")["count"] == 5
    assert ask(client, "area=nothing&area=poznavatelnoe&page=x&sort=%27")["count"] == 5
    assert len(ask(client, "page_size=1000")["results"]) == 25
    assert len(ask(client, "page_size=10&page=99")["results"]) == 5
    assert len(ask(client, "page_size=0")["results"]) == 1
    assert len(ask(client)["results"]) == 20


def test_words_are_marked_and_escaped(client, bank, committed):
    with committed():
        page = PracticePageFactory(parent=bank, title="Игры", summary="Игры <b>в степи</b>", live=False)
        page.save_revision().publish()
    row = ask(client, "q=степи")["results"][0]
    assert row["highlight"] == "Игры &lt;b&gt;в <mark>степи</mark>&lt;/b&gt;"


def test_an_unchanged_answer_is_304(client, bank):
    PracticePageFactory(parent=bank)
    first = client.get(URL)
    assert first["ETag"]
    assert client.get(URL, headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_too_many_requests_are_refused_in_words(client, bank, monkeypatch):
    monkeypatch.setattr(allowance, "READS_A_MINUTE", 2)
    statuses = [client.get(f"{URL}?page_size={number}").status_code for number in range(3, 7)]
    assert statuses == [200, 200, 429, 429]
    refused = client.get(f"{URL}?page_size=50")
    assert "Слишком много запросов" in refused.json()["detail"]
    assert refused["Retry-After"] == "60"


def test_suggestions_name_topics_with_numbers_and_cost_no_query(client, bank):
    owner = OrganisationFactory(short_name="Детский сад «Адаптер»", name="МДОУ «Адаптер»")
    for _ in range(2):
        PracticePageFactory(parent=bank, title="Мягкая адаптация", tags=["Адаптивный сад"], organisation=owner)
    found = client.get("/api/v1/suggest?q=АДАПТ").json()["suggestions"]
    assert found[0] == {"text": "Адаптивный сад (2)", "url": "/practices/topics/adaptivnyy-sad/", "kind": "тема"}
    assert {row["kind"] for row in found} == {"тема", "организация", "практика"}
    with CaptureQueriesContext(connection) as seen:
        client.get("/api/v1/suggest?q=мягк ада")
    assert len(seen) <= 1


@pytest.mark.parametrize("text", ["", " ", "%00", '"', "ж" * 5000, "%F0%9F%98%80", "\\", "%0A"])
def test_any_typed_text_is_answered(client, bank, text):
    assert client.get(f"/api/v1/suggest?q={text}").status_code == 200
    ask(client, f"q={text}")


def test_the_description_asks_no_other_host(client, bank):
    page = client.get("/api/v1/docs")
    assert page.status_code == 200
    body = page.content.decode()
    assert "/api/v1/practices" in body
    assert "quality_area" in body
    assert "cdn" not in body
    schema = client.get("/api/v1/openapi.json").json()
    assert {"q", "area", "tag", "sort", "page", "page_size"} <= {
        parameter["name"] for parameter in schema["paths"]["/api/v1/practices"]["get"]["parameters"]
    }
