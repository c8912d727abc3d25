from __future__ import annotations

import pytest
from wagtail.models import Page, Site

pytestmark = pytest.mark.integration


def test_site_has_one_home_page(home):
    assert Site.objects.get().root_page_id == home.pk


@pytest.mark.django_db(transaction=True)
def test_tree_is_there_in_real_transactions():
    assert Page.objects.filter(depth=2).count() == 1


@pytest.mark.django_db(transaction=True)
def test_tree_returns_after_a_test_that_emptied_it():
    assert Site.objects.get().root_page.specific.__class__.__name__ == "HomePage"
    Page.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_tree_returned():
    assert Page.objects.filter(depth=2).count() == 1
