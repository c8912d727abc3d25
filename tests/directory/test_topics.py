"""A topic shows what stands under it in every room, as far as visitors may read it."""

import pytest

from portal.vocabularies.models import Tag
from tests.factories.siblings import make_siblings

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

ROOMS = ["events", "contests", "documents", "news"]


@pytest.fixture
def tag():
    return Tag.objects.get(slug="adaptatsiya")


@pytest.fixture
def public(tag):
    """Public pages of every room and their hidden neighbours, all under one topic."""
    made = make_siblings()
    for model in {type(made[name]) for name in (*ROOMS, "practices")}:
        for page in model.objects.all():
            page.tags.add(tag)
            page.save()
    return made


def test_a_topic_shows_public_pages_of_every_room(client, tag, public):
    page = client.get(tag.get_absolute_url())
    for name in ROOMS:
        part = page.context[name]
        assert [row["title"] for row in part["rows"]] == [public[name].title], name
        assert part["words"].startswith("1 "), name
    body = page.content.decode()
    for hidden in ("черновик", "прошлая", "закрытая", "сирота"):
        assert f"Росянка {hidden}" not in body
    assert "noindex" not in body


def test_the_index_counts_every_room(client, tag, public):
    body = client.get("/practices/topics/").content.decode()
    assert "1 практика, 1 событие, 1 конкурс, 1 документ, 1 новость" in body


def test_a_topic_of_a_document_alone_is_listed_and_on_the_map(client, tag, public):
    public["practices"].unpublish()
    for name in ("events", "contests", "news"):
        public[name].unpublish()
    assert "1 документ" in client.get("/practices/topics/").content.decode()
    assert tag.get_absolute_url() in client.get("/sitemap-topics.xml").content.decode()
