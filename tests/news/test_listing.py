"""The list of news shows what is public, newest first, by category and topic."""

import datetime as dt

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from portal.news.models import NewsIndexPage
from portal.vocabularies.models import Tag, Term
from tests.factories.news import NewsPageFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def section(home):
    return NewsIndexPage.objects.get()


@pytest.fixture
def siblings(section):
    """A public news item and four that nobody may see."""
    public = NewsPageFactory(parent=section, title="Открытая новость", date=dt.date(2022, 5, 1))
    NewsPageFactory(parent=section, title="Черновик новости", live=False)
    NewsPageFactory(parent=section, title="Истёкшая новость", expire_at=timezone.now() - dt.timedelta(minutes=1))
    private = NewsPageFactory(parent=section, title="Закрытая новость")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    return public


def titles(response):
    return [row["title"] for row in response.context["rows"]]


def test_only_public_news_are_listed_and_fed(client, siblings):
    response = client.get("/news/")
    assert titles(response) == ["Открытая новость"]
    assert response.context["total"] == "1 новость"
    feed = client.get("/news/feed/").content.decode()
    assert feed.count("<item>") == 1
    assert "Открытая новость" in feed


def test_news_below_an_unpublished_section_are_nowhere(client, section, siblings):
    section.unpublish()
    assert "Открытая новость" not in client.get("/news/feed/").content.decode()
    assert client.get(f"/news/{siblings.slug}/").status_code == 404


def test_newest_come_first_and_filters_meet(client, section):
    category = Term.objects.of("news_categories").first()
    tag = Tag.objects.first()
    old = NewsPageFactory(parent=section, title="Старая", date=dt.date(2021, 1, 1), category=category)
    new = NewsPageFactory(parent=section, title="Свежая", date=dt.date(2022, 1, 1), category=category)
    NewsPageFactory(parent=section, title="Другая", date=dt.date(2023, 1, 1))
    for page in (old, new):
        page.tags.add(tag)
        page.save()
    assert titles(client.get("/news/")) == ["Другая", "Свежая", "Старая"]
    assert titles(client.get("/news/", {"category": category.slug, "tag": tag.slug})) == ["Свежая", "Старая"]


@pytest.mark.parametrize(
    "query",
    [
        "?page=999",
        "?page=-1",
        "?page=abc",
        "?page=²",
        "?category=net-takoy",
        "?tag=%00",
        "?category=" + "я" * 5000,
        "?tag=%22",
    ],
)
def test_absurd_values_only_drop_themselves(client, siblings, query):
    response = client.get(f"/news/{query}")
    assert response.status_code == 200
    assert titles(response) == ["Открытая новость"]


@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow_with_the_list(client, section, django_assert_num_queries, number):
    NewsPageFactory.create_batch(number, parent=section)
    client.get("/news/")
    with django_assert_num_queries(0):
        client.get("/news/")
    NewsPageFactory(parent=section).save_revision().publish()
    from django.core.cache import cache

    cache.clear()
    with django_assert_num_queries(9):
        client.get("/news/")


def test_a_news_page_opens_with_its_neighbours(client, section):
    first, second = NewsPageFactory.create_batch(2, parent=section)
    response = client.get(f"/news/{first.slug}/")
    assert response.status_code == 200
    assert [row["title"] for row in response.context["others"]] == [second.title]
