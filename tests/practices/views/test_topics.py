"""Topics, collections, the feed and exports: each shows what is public, no more."""

from __future__ import annotations

import csv
import io
import json

import pytest
from openpyxl import load_workbook

from portal.vocabularies.models import Tag, TagAlias
from practices.models import CollectionItem, CollectionPage
from tests.factories.practices import OrganisationFactory, PracticePageFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def text(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_the_index_lists_topics_in_use_with_public_numbers(client, siblings):
    slug = siblings.shown.tags.get().slug
    unused = Tag.objects.create(name="Никем не взятая", slug="nikem")
    body = text(client, "/practices/topics/")
    assert f'href="/practices/topics/{slug}/"' in body
    assert "1 практика" in body
    assert unused.name not in body


def test_a_topic_shows_its_public_practices_and_neighbours(client, siblings, bank):
    other = PracticePageFactory(parent=bank, title="Соседка", tags=["Степь", "Прогулки круглый год"])
    tag = siblings.shown.tags.get()
    body = text(client, f"/practices/topics/{tag.slug}/")
    assert "Степной дневник" in body
    assert other.title in body
    assert "Прогулки круглый год" in body
    assert "2 практики" in body
    for hidden in siblings.hidden:
        assert hidden.title not in body


def test_another_name_of_a_topic_leads_to_it(client, bank):
    tag = Tag.objects.create(name="Степь", slug="step-1")
    TagAlias.objects.create(tag=tag, name="Степная природа", slug="stepnaya")
    response = client.get("/practices/topics/stepnaya/")
    assert (response.status_code, response["Location"]) == (301, "/practices/topics/step-1/")
    assert client.get("/practices/topics/nothing/").status_code == 404


def test_a_topic_without_practices_stays_and_is_not_indexed(client, bank):
    Tag.objects.create(name="Пустая тема", slug="pustaya")
    body = text(client, "/practices/topics/pustaya/")
    assert "пока нет практик" in body
    assert "noindex" in body


def test_a_collection_shows_public_practices_in_the_editors_order(client, siblings, bank):
    second = PracticePageFactory(parent=bank, title="Вторая в подборке")
    page = bank.add_child(instance=CollectionPage(title="К зиме", slug="k-zime", summary="Что взять зимой"))
    for number, practice in enumerate([second, *siblings.hidden, siblings.shown]):
        CollectionItem.objects.create(page=page, practice=practice, note=f"слово {number}", sort_order=number)
    body = text(client, "/practices/k-zime/")
    assert body.index("Вторая в подборке") < body.index("Степной дневник")
    assert "слово 0" in body
    assert "слово 1<" not in body
    for hidden in siblings.hidden:
        assert hidden.title not in body
    assert "К зиме" in text(client, "/practices/collections/")
    page.unpublish()
    assert "К зиме" not in text(client, "/practices/collections/?again")


def test_the_feed_holds_public_practices(client, siblings):
    body = text(client, "/practices/feed/")
    assert "<title>Степной дневник</title>" in body
    assert "http://testserver/practices/stepnoy/" in body
    for hidden in siblings.hidden:
        assert hidden.title not in body


def test_exports_hold_the_filtered_public_practices_without_people(client, siblings, bank):
    owner = OrganisationFactory(head_name="Руководитель Примерный")
    PracticePageFactory(parent=bank, title='=HYPERLINK("x")', areas=["rechevoe"], organisation=owner, is_demo=True)
    response = client.get("/practices/export.json")
    rows = json.loads(b"".join(response.streaming_content))
    assert [row["title"] for row in rows] == ['=HYPERLINK("x")', "Степной дневник"]
    assert [row["is_demo"] for row in rows] == [True, False]
    assert rows[1]["url"] == "http://testserver/practices/stepnoy/"
    assert "Руководитель" not in json.dumps(rows, ensure_ascii=False)

    response = client.get("/practices/export.csv?area=rechevoe")
    body = b"".join(response.streaming_content).decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(body), delimiter=";"))
    assert len(table) == 2
    assert table[1][1].startswith("'=")
    assert [row[-1] for row in table] == ["Демонстрационное", "да"]

    response = client.get("/practices/export.xlsx?area=poznavatelnoe&sort=nonsense")
    book = load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    assert [row[1].value for row in book.active.iter_rows(min_row=2)] == ["Степной дневник"]
    assert client.get("/practices/export.exe").status_code == 404


def test_the_levels_are_explained(client, bank):
    assert "Рекомендована" in text(client, "/practices/levels/")
