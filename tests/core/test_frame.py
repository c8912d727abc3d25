"""The frame of every page: menu, footer with what the law asks, marks; read once per published version."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from portal.core.context import portal
from portal.core.models import PortalSettings
from portal.home.models import ContentPage
from tests.factories.siblings import make_siblings

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

OWNER = {
    "operator_name": "Государственное учреждение «Академия»",
    "operator_address": "400000, Волгоград, улица Примерная, 1",
    "operator_email": "office@example.org",
    "operator_phone": "+7 (844) 200-00-00",
    "operator_inn": "3444000000",
    "operator_ogrn": "1023400000000",
    "founder_name": "Комитет образования",
    "founder_url": "https://founder.example.org/",
    "appeals_url": "https://appeals.example.org/",
    "age_mark": "0+",
    "demo_notice": "Данные показательные",
}


def footer(client):
    page = client.get("/").content.decode()
    return page[page.index('<footer class="site-footer">') :]


def test_the_default_site_is_read_once_when_cold(client):
    cache.clear()
    with CaptureQueriesContext(connection) as seen:
        assert client.get("/feedback/").status_code == 200
    reads = [query["sql"] for query in seen if 'FROM "wagtailcore_site"' in query["sql"]]
    assert len(reads) == 1
    settings = [query["sql"] for query in seen if 'FROM "core_portalsettings"' in query["sql"]]
    assert len(settings) == 1


def test_the_frame_costs_nothing_while_nothing_is_published(django_assert_num_queries):
    request = RequestFactory().get("/")
    portal(request)
    with django_assert_num_queries(0):
        portal(request)


def test_the_footer_names_the_owner_and_ways_to_reach_him(client):
    PortalSettings.objects.update(**OWNER)
    cache.clear()
    text = footer(client)
    for name in ("operator_name", "operator_address", "operator_inn", "operator_ogrn", "founder_name", "age_mark"):
        assert OWNER[name] in text.replace("&quot;", '"')
    assert 'href="mailto:office@example.org"' in text
    assert 'href="tel:+78442000000"' in text
    assert 'href="https://founder.example.org/"' in text
    assert 'href="https://appeals.example.org/"' in text
    assert 'href="/feedback/"' in text


def test_nothing_is_promised_of_an_owner_not_filled_in(client):
    text = footer(client)
    assert "ИНН" not in text
    assert "mailto:" not in text
    assert "Учредитель" not in text
    assert 'class="age"' not in text


def test_the_demo_notice_stands_above_every_page_until_it_is_taken_away(client):
    PortalSettings.objects.update(demo_notice=OWNER["demo_notice"])
    cache.clear()
    assert (
        '<div class="demo"><p class="wrap">Данные показательные</p></div>' in client.get("/feedback/").content.decode()
    )
    PortalSettings.objects.update(demo_notice="")
    cache.clear()
    assert 'class="demo"' not in client.get("/feedback/").content.decode()


def test_the_menu_and_its_copy_in_the_footer_hold_public_sections(home):
    make_siblings()
    home.add_child(instance=ContentPage(title="В меню", slug="in-menu", show_in_menus=True))
    home.add_child(instance=ContentPage(title="Черновик", slug="draft", show_in_menus=True, live=False))
    frame = portal(RequestFactory().get("/"))
    menu = [link["url"] for link in frame["portal_menu"]]
    sections = {"/practices/", "/contests/", "/events/", "/roadmap/", "/documents/", "/news/"}
    assert sorted(menu) == sorted([*sections, "/in-menu/"])
    column = next(column["links"] for column in frame["portal_footer"] if column["title"] == "Разделы")
    lists = ["/practices/submit/", "/practices/topics/", "/organisations/", "/municipalities/"]
    assert [link["url"] for link in column] == [*menu, *lists]


def test_an_unpublished_page_leaves_the_footer(client, home, django_capture_on_commit_callbacks):
    page = ContentPage.objects.child_of(home).get(slug="privacy")
    assert page.url in footer(client)
    with django_capture_on_commit_callbacks(execute=True):
        page.unpublish()
    assert page.url not in footer(client)
