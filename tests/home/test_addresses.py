"""Maps of the site hold exactly the public addresses, under the portal's own name; robots learn where they are."""

import re
from urllib.parse import urlsplit

import pytest
from defusedxml import ElementTree
from django.core.cache import cache
from wagtail.models import Page

from portal.organisations.models import Municipality
from tests.factories.organisations import OrganisationFactory
from tests.factories.practices import PracticePageFactory
from tests.factories.siblings import free_page, make_siblings

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def locations(client, path, **options):
    response = client.get(path, **options)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/xml")
    return [found.text for found in ElementTree.fromstring(response.content).iter(LOC)]


def listed(client):
    """Paths of every part that the index names, read anew: within a test nothing is committed and so nothing fades."""
    cache.clear()
    return {
        urlsplit(url).path
        for part in locations(client, "/sitemap.xml")
        for url in locations(client, urlsplit(part).path)
    }


def test_the_map_gains_exactly_what_is_public(client):
    before = listed(client)
    make_siblings()
    assert listed(client) - before == {
        "/practices/rosyanka-practices/",
        "/practices/rosyanka-collections/",
        "/contests/rosyanka-contests/",
        "/documents/rosyanka-documents/",
        "/events/rosyanka-events/",
        "/news/rosyanka-news/",
        "/roadmap/rosyanka-roadmap/",
        "/rosyanka-pages/",
    }


def test_every_address_of_the_map_opens(client):
    make_siblings()
    PracticePageFactory(tags=["Степь"])
    OrganisationFactory(municipality=Municipality.objects.formations().first())
    paths = sorted(listed(client))
    places = [path for path in paths if path.startswith("/municipalities/")][2:]  # they are all alike
    assert [path for path in paths if path not in places and client.get(path).status_code != 200] == []


def test_topics_and_sections_that_are_no_pages_are_on_the_map(client):
    tagged = PracticePageFactory(tags=["Росянка степная"])
    topic = tagged.tags.get()
    PracticePageFactory(tags=["Росянка тайная"], live=False)
    paths = listed(client)
    assert topic.get_absolute_url() in paths
    assert [path for path in paths if "taynaya" in path] == []
    assert {
        "/",
        "/news/",
        "/practices/",
        "/practices/topics/",
        "/practices/collections/",
        "/practices/levels/",
        "/organisations/",
        "/municipalities/",
    } <= paths


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "testserver"])
def test_addresses_of_the_map_do_not_depend_on_the_name_of_the_request(client, settings, host):
    settings.SITE_URL = "https://portal.example.org"
    parts = locations(client, "/sitemap.xml", headers={"host": host})
    assert "https://portal.example.org/sitemap-pages.xml" in parts
    for part in parts:
        path = urlsplit(part).path
        assert all(
            url.startswith("https://portal.example.org/") for url in locations(client, path, headers={"host": host})
        )


def test_a_long_map_comes_in_parts(client, monkeypatch):
    monkeypatch.setattr("portal.home.sitemaps.PageSitemap.limit", 3)
    parts = [part for part in locations(client, "/sitemap.xml") if "sitemap-pages" in part]
    assert parts[:2] == ["http://testserver/sitemap-pages.xml", "http://testserver/sitemap-pages.xml?p=2"]
    found = [url for part in parts for url in locations(client, part.removeprefix("http://testserver"))]
    assert len(found) == len(set(found)) == Page.objects.filter(depth__gt=1, live=True).count()


@pytest.mark.parametrize("path", ["/sitemap-unknown.xml", "/sitemap-pages.xml?p=99", "/sitemap-pages.xml?p=x"])
def test_a_part_that_is_not_there_is_missing(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_map_costs_the_same_for_any_number_of_pages(client, django_assert_num_queries, number):
    for position in range(number):
        PracticePageFactory(title=f"Страница {position}")
    client.get("/sitemap-pages.xml")
    with django_assert_num_queries(0):
        client.get("/robots.txt")
        client.get("/robots.txt")
    from portal.home.sitemaps import PageSitemap

    with django_assert_num_queries(1):
        assert len(PageSitemap().items()) > number


def test_robots_are_told_the_map_and_what_not_to_walk(client, settings):
    settings.SITE_URL = "https://portal.example.org"
    lines = client.get("/robots.txt", headers={"host": "localhost"}).content.decode().splitlines()
    assert "Sitemap: https://portal.example.org/sitemap.xml" in lines
    assert {"Disallow: /admin/", "Disallow: /accounts/", "Disallow: /search/"} <= set(lines)


def test_the_map_for_people_shows_sections_and_free_pages_alone(client, home):
    make_siblings()
    parent = free_page(home, "Методическая копилка", slug="kopilka")
    free_page(free_page(parent, "Про адаптацию", slug="adaptaciya"), "Памятка", slug="pamyatka")
    page = client.get("/sitemap/").content.decode()
    found = re.findall(r'<a href="([^"]+)">', page[page.index("<main") : page.index("</main")])
    assert {"/kopilka/", "/kopilka/adaptaciya/", "/kopilka/adaptaciya/pamyatka/", "/rosyanka-pages/", "/news/"} <= set(
        found
    )
    assert [path for path in found if "rosyanka" in path] == ["/rosyanka-pages/"]
    assert "Росянка закрытая" not in page
    assert "Росянка прошлая" not in page
