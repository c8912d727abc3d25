"""The feed of news is XML that readers accept, with full addresses under the portal's own name."""

import datetime as dt

import pytest
from defusedxml import ElementTree
from django.core.cache import cache

from portal.news.models import NewsIndexPage
from portal.vocabularies.models import Term
from practices.models import PracticeIndexPage
from tests.factories.news import NewsPageFactory
from tests.factories.practices import PracticePageFactory
from tests.factories.siblings import make_siblings

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

HOSTILE = "Степь\x0b\x00\x1f & <b>«дети»</b> \ufffe\u202e]]>"
CLEAN = "Степь & <b>«дети»</b> ]]>"
SELF = "{http://www.w3.org/2005/Atom}link"


def channel(client, path="/news/feed/", **options):
    response = client.get(path, **options)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/rss+xml")
    return ElementTree.fromstring(response.content).find("channel")


@pytest.fixture
def section(home):
    return NewsIndexPage.objects.get()


@pytest.mark.parametrize(
    ("path", "factory", "section_type"),
    [
        ("/news/feed/", NewsPageFactory, NewsIndexPage),
        ("/practices/feed/", PracticePageFactory, PracticeIndexPage),
    ],
)
def test_control_characters_do_not_break_the_feed(client, home, path, factory, section_type):
    # No NUL in the database of PostgreSQL; the others come with imports and with copied text.
    text = HOSTILE.replace("\x00", "")
    factory(parent=section_type.objects.get(), title=text, summary=text)
    item = channel(client, path).find("item")
    assert (item.findtext("title"), item.findtext("description")) == (CLEAN, CLEAN)


def test_addresses_are_full_and_do_not_depend_on_the_name_of_the_request(client, settings, section):
    settings.SITE_URL = "https://portal.example.org"
    page = NewsPageFactory(parent=section)
    cache.clear()
    feed = channel(client, headers={"host": "localhost"})
    assert feed.findtext("link") == "https://portal.example.org/news/"
    assert feed.find(SELF).get("href") == "https://portal.example.org/news/feed/"
    item = feed.find("item")
    assert item.findtext("link") == item.findtext("guid") == f"https://portal.example.org/news/{page.slug}/"


def test_the_feed_of_practices_stands_under_the_same_name(client, settings):
    settings.SITE_URL = "https://portal.example.org"
    PracticePageFactory(slug="stepnoy")
    feed = channel(client, "/practices/feed/", headers={"host": "localhost"})
    assert feed.findtext("link") == "https://portal.example.org/practices/"
    assert feed.find("item").findtext("link") == "https://portal.example.org/practices/stepnoy/"


def test_only_public_news_with_their_day_and_category(client, section):
    make_siblings()
    category = Term.objects.of("news_categories").first()
    NewsPageFactory(parent=section, title="Позже", date=dt.date(2032, 3, 1), category=category)
    items = channel(client).findall("item")
    assert [item.findtext("title") for item in items] == ["Позже", "Росянка news"]
    assert items[0].findtext("pubDate") == "Mon, 01 Mar 2032 09:00:00 +0300"
    assert items[0].findtext("category") == category.title


def test_the_feed_holds_the_thirty_newest(client, section):
    NewsPageFactory.create_batch(31, parent=section)
    assert len(channel(client).findall("item")) == 30


def test_an_empty_portal_has_a_feed(client):
    assert channel(client).findall("item") == []
