"""The library of documents: what is public, by kind, year, issuer, force, topic, words; nothing asked breaks it."""

import datetime as dt
import json

import pytest
import time_machine
from django.core.cache import cache

from portal.documents.models import DocumentIndexPage
from portal.vocabularies.models import Tag
from tests.factories.documents import DocumentPageFactory, document_kind
from tests.factories.organisations import OrganisationFactory
from tests.factories.siblings import make_siblings

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def section():
    return DocumentIndexPage.objects.get()


@pytest.fixture
def shelf(section):
    """Three documents that differ in everything."""
    academy = OrganisationFactory(short_name="Академия", slug="akademiya")
    order = DocumentPageFactory(
        parent=section, title="Приказ о конкурсе", kind=document_kind("prikaz"), number="О-12/Ё", date="2022-03-01",
        issuer=academy, issuer_name="",
    )  # fmt: skip
    rules = DocumentPageFactory(
        parent=section, title="Положение о банке практик", number="7-р", date="2021-09-01", void_since="2022-02-01"
    )
    letter = DocumentPageFactory(
        parent=section, title="Письмо", kind=document_kind("pismo"), number="8-р", date="2022-01-10"
    )
    rules.tags.add(Tag.objects.get(slug="adaptatsiya"))
    rules.save()
    return {"order": order, "rules": rules, "letter": letter}


def listed(client, **params):
    page = client.get("/documents/", params)
    assert page.status_code == 200
    return [row["title"] for row in page.context["rows"]]


def test_list_is_filtered_and_sorted(client, shelf):
    order, rules, letter = (shelf[name].title for name in ("order", "rules", "letter"))
    assert listed(client) == [order, letter, rules]
    assert listed(client, sort="old") == [rules, letter, order]
    assert listed(client, sort="title") == [letter, rules, order]
    assert listed(client, kind=["prikaz", "pismo"]) == [order, letter]
    assert listed(client, year="2021") == [rules]
    assert listed(client, issuer="akademiya") == [order]
    assert listed(client, issuer="komitet-obrazovaniya") == [letter, rules]
    assert listed(client, state="in_force") == [order, letter]
    assert listed(client, state="void", tag="adaptatsiya") == [rules]
    assert listed(client, tag="adaptatsiya", kind="prikaz") == []


@pytest.mark.parametrize("words", ["о-12/е", "О-12/Ё", "конкурсе приказ", "ПРИКАЗ"])
def test_number_and_title_are_found_in_any_spelling(client, shelf, words):
    assert listed(client, q=words) == ["Приказ о конкурсе"]


def test_counts_of_a_facet_follow_the_other_choices(client, shelf):
    page = client.get("/documents/", {"year": "2022"})
    facets = {
        facet["name"]: {row["value"]: row["count"] for row in facet["options"]} for facet in page.context["facets"]
    }
    assert facets["kind"] == {"prikaz": 1, "pismo": 1}
    assert facets["year"] == {"2022": 2, "2021": 1}
    assert facets["state"] == {"in_force": 2}
    assert [chip["label"] for chip in page.context["filters"]] == ["2022"]
    assert "noindex" in page.content.decode()


def test_an_empty_list_names_the_filter_that_empties_it(client, shelf):
    page = client.get("/documents/", {"year": "2021", "kind": "prikaz"})
    assert page.context["empty"]["text"].startswith("Список опустошает фильтр «")


def test_a_document_stops_being_in_force_on_its_day(client, section):
    DocumentPageFactory(parent=section, title="До июля", date="2022-01-01", void_since="2022-07-01")
    with time_machine.travel("2022-06-30 12:00+03:00"):
        assert listed(client, state="in_force") == ["До июля"]
    cache.clear()
    with time_machine.travel("2022-07-01 00:30+03:00"):
        assert listed(client, state="void") == ["До июля"]


@pytest.mark.parametrize("fmt", ["json", "csv", "xlsx"])
def test_only_public_documents_are_listed_and_exported(client, fmt):
    public = make_siblings()["documents"]
    assert listed(client) == [public.title]
    answer = client.get(f"/documents/export.{fmt}", {"q": "росянка"})
    body = b"".join(answer.streaming_content)
    if fmt == "json":
        (row,) = json.loads(body)
        assert (row["title"], row["in_force"], row["issuer"]) == (public.title, True, "Комитет образования")
        assert row["url"].endswith(f"/documents/{public.slug}/")
    if fmt == "csv":
        assert body.decode("utf-8-sig").count("Росянка") == 1
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_unknown_format_is_not_found(client):
    assert client.get("/documents/export.exe").status_code == 404


@pytest.mark.parametrize(
    "query",
    ["page=999999999999999999", "page=-1", "page=%00", "year=0&kind=%22&state=x&issuer=%F0&tag=*", "sort=drop&q=%00%22"],
)  # fmt: skip
def test_nothing_asked_breaks_the_list(client, shelf, query):
    assert client.get(f"/documents/?{query}").status_code == 200
    assert client.get(f"/documents/export.csv?{query}").status_code == 200


@pytest.mark.usefixtures("clocked_cache")
def test_an_expired_document_leaves_the_list_before_the_worker_comes(client, section):
    page = DocumentPageFactory(parent=section, title="До полудня", expire_at=dt.datetime(2022, 7, 1, 9, tzinfo=dt.UTC))
    with time_machine.travel("2022-07-01 11:59+03:00"):
        assert listed(client) == [page.title]
    with time_machine.travel("2022-07-01 12:01+03:00"):
        assert listed(client) == []


def test_document_is_found_by_the_search_under_its_own_tab(client, section, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        DocumentPageFactory(parent=section, title="Положение о суслике", number="77-п")
    cache.clear()
    page = client.get("/search/", {"q": "суслике", "type": "documents"})
    assert [row["kind"] for row in page.context["rows"]] == ["Документ"]
