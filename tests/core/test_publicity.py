from __future__ import annotations

import pytest
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from portal.core import publicity
from portal.home.models import ContentPage

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def make(home, django_capture_on_commit_callbacks):
    """Make a page under `parent`, published unless said otherwise."""

    def build(slug, parent=None, *, live=True, **fields):
        with django_capture_on_commit_callbacks(execute=True):
            page = (parent or home).add_child(
                instance=ContentPage(title=slug, slug=f"test-{slug}", live=live, **fields)
            )
            if live:
                page.save_revision().publish()
        page.refresh_from_db()
        return page

    return build


@pytest.fixture
def after_commit(django_capture_on_commit_callbacks):
    def run(action):
        with django_capture_on_commit_callbacks(execute=True):
            action()

    return run


def public_slugs():
    return set(publicity.public(Page.objects.filter(slug__startswith="test-")).values_list("slug", flat=True))


def close(page):
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def test_only_published_open_current_pages_are_public(make, after_commit):
    make("open")
    make("draft", live=False)
    make("past", expire_at=timezone.now() - timezone.timedelta(seconds=1))
    make("future", expire_at=timezone.now() + timezone.timedelta(hours=1))
    closed = make("closed")
    after_commit(lambda: close(closed))
    assert public_slugs() == {"test-open", "test-future"}


def test_live_child_of_an_unpublished_parent_is_not_public(make, after_commit):
    parent = make("parent")
    child = make("child", parent)
    grandchild = make("grandchild", child)
    make("sibling")
    assert public_slugs() == {"test-parent", "test-child", "test-grandchild", "test-sibling"}
    after_commit(lambda: Page.objects.get(pk=parent.pk).unpublish())
    assert Page.objects.get(pk=grandchild.pk).live
    assert public_slugs() == {"test-sibling"}
    assert not publicity.is_public(grandchild)


def test_child_of_a_closed_parent_is_not_public(make, after_commit):
    parent = make("parent")
    child = make("child", parent)
    after_commit(lambda: close(parent))
    assert public_slugs() == set()
    assert not publicity.is_public(child)


def test_page_whose_path_begins_like_a_hidden_one_stays_public(make, after_commit):
    hidden = make("hidden")
    make("below", hidden)
    make("next")
    after_commit(lambda: Page.objects.get(pk=hidden.pk).unpublish())
    assert public_slugs() == {"test-next"}


def test_address_of_a_live_child_of_an_unpublished_parent_is_404(client, make, after_commit):
    parent = make("parent")
    child = make("child", parent)
    assert client.get(child.url).status_code == 200
    after_commit(lambda: Page.objects.get(pk=parent.pk).unpublish())
    assert client.get(child.url).status_code == 404


def test_expired_page_is_404_before_the_worker_takes_it_down(client, make):
    page = make("page")
    url = page.url
    ContentPage.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timezone.timedelta(seconds=1))
    assert client.get(url).status_code == 404


def test_closed_page_is_not_answered_from_the_cache(client, make, after_commit):
    page = make("page")
    assert client.get(page.url).status_code == 200
    after_commit(lambda: close(page))
    assert client.get(page.url).status_code == 404


def test_the_rule_costs_the_same_for_any_number_of_pages(make, django_assert_num_queries):
    for number in range(3):
        make(f"page-{number}")
    publicity.is_public(make("warm"))
    with django_assert_num_queries(1):
        assert len(public_slugs()) == 4
