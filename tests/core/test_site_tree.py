from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from wagtail.models import Page, Site

pytestmark = pytest.mark.integration
TRUNK = ["Главная", "Корзина"]  # the site, and beside it the trash


def test_site_has_one_home_page(home):
    assert Site.objects.get().root_page_id == home.pk


@pytest.mark.django_db(transaction=True)
def test_tree_is_there_in_real_transactions():
    assert sorted(Page.objects.filter(depth=2).values_list("title", flat=True)) == TRUNK


@pytest.mark.django_db(transaction=True)
def test_tree_returns_after_a_test_that_emptied_it():
    assert Site.objects.get().root_page.specific.__class__.__name__ == "HomePage"
    Page.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_tree_returned():
    assert sorted(Page.objects.filter(depth=2).values_list("title", flat=True)) == TRUNK


@pytest.mark.parametrize(
    "address", ["https://portal.example:8443", "https://portal.example", "http://portal.example:8080"]
)
def test_full_address_of_a_page_follows_the_address_of_the_portal(home, settings, address):
    """Wagtail writes http:// before every port but 443."""
    settings.SITE_URL = address
    host = urlsplit(address)
    Site.objects.update(hostname=host.hostname, port=host.port or (443 if host.scheme == "https" else 80))
    Site.clear_site_root_paths_cache()
    page = home.get_children().first().specific
    assert page.full_url == f"{address}/{page.slug}/"
    assert page.url == f"/{page.slug}/"
