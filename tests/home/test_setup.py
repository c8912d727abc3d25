"""What a real start makes of the site: the home page, the legal pages, the address that SITE_URL says."""

import pytest
from wagtail.models import Page, Site

from portal.core.models import PortalSettings
from portal.home.models import ContentPage, HomePage
from portal.home.setup import setup

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_the_second_setup_changes_nothing(home):
    before = list(Page.objects.order_by("pk").values())
    sites = list(Site.objects.values())
    assert list(setup()) == []
    assert list(Page.objects.order_by("pk").values()) == before
    assert list(Site.objects.values()) == sites


def test_what_editors_changed_stays(home):
    page = ContentPage.objects.child_of(home).first()
    ContentPage.objects.filter(pk=page.pk).update(title="Своё название", body=[])
    HomePage.objects.update(hero_title="Свой заголовок")
    list(setup())
    assert ContentPage.objects.get(pk=page.pk).title == "Своё название"
    assert HomePage.objects.get().hero_title == "Свой заголовок"


def test_a_deleted_legal_page_is_made_again_and_only_it(home):
    page = ContentPage.objects.child_of(home).get(slug="privacy")
    page.delete()
    assert list(setup()) == [f"страница «{page.title}»"]
    assert ContentPage.objects.child_of(HomePage.objects.get()).filter(slug="privacy", live=True).exists()


@pytest.mark.parametrize(
    ("address", "hostname", "port", "root"),
    [
        ("http://127.0.0.1:8077", "127.0.0.1", 8077, "http://127.0.0.1:8077"),
        ("https://portal.example.org", "portal.example.org", 443, "https://portal.example.org"),
        ("http://portal.example.org", "portal.example.org", 80, "http://portal.example.org"),
    ],
)
def test_the_only_site_follows_the_address_of_the_start(home, settings, address, hostname, port, root):
    settings.SITE_URL = address
    assert list(setup()) == [f"адрес сайта: {address}"]
    site = Site.objects.get()
    assert (site.hostname, site.port, site.is_default_site, site.root_page_id) == (hostname, port, True, home.pk)
    assert home.full_url == f"{root}/"
    assert list(setup()) == []


def test_canonical_addresses_follow_too(client, settings):
    settings.SITE_URL = "https://portal.example.org"
    list(setup())
    assert '<link rel="canonical" href="https://portal.example.org/news/">' in client.get("/news/").content.decode()


def test_several_sites_are_left_to_people(home, settings):
    Site.objects.create(hostname="other.example.org", port=80, root_page=home)
    settings.SITE_URL = "https://portal.example.org"
    before = list(Site.objects.order_by("pk").values())
    assert list(setup()) == []
    assert list(Site.objects.order_by("pk").values()) == before


def test_a_site_that_people_led_to_another_page_is_not_thrown_away(home, settings):
    other = home.add_child(instance=ContentPage(title="Другая первая страница", slug="other"))
    Site.objects.update(root_page=other, site_name="Своё имя")
    list(setup())
    site = Site.objects.get()
    assert (site.root_page_id, site.site_name) == (other.pk, "Своё имя")


def test_legal_pages_open_and_stand_in_the_footer(client, home):
    page = client.get("/").content.decode()
    footer = page[page.index('<footer class="site-footer">') :]
    pages = ContentPage.objects.child_of(home).filter(show_in_footer=True)
    assert pages.filter(slug="privacy").exists()
    for legal in pages:
        assert f'href="{legal.url}"' in footer
        assert client.get(legal.url).status_code == 200


def test_the_first_screen_speaks_of_the_region(client, home):
    assert PortalSettings.load().region_genitive in client.get("/").content.decode()
