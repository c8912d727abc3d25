from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone
from wagtail.models import PageViewRestriction

from portal.core import publicity, versions
from portal.home.models import ContentPage

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def page(home):
    return home.add_child(instance=ContentPage(title="Правила", slug="test-rules", live=False))


@pytest.fixture
def changes(django_capture_on_commit_callbacks):
    """Tell whether an action changed the version of what is published."""

    def check(action):
        before = versions.current()
        with django_capture_on_commit_callbacks(execute=True):
            action()
        return versions.current() != before

    return check


def test_publishing_and_taking_down_change_the_version(page, changes):
    assert changes(lambda: page.save_revision().publish())
    page.refresh_from_db()
    assert changes(page.unpublish)


def test_saving_a_draft_does_not(page, changes):
    page.title = "Правила, новая редакция"
    assert not changes(page.save_revision)


def test_closing_and_opening_a_page_change_the_version(page, changes):
    restriction = PageViewRestriction(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert changes(restriction.save)
    assert changes(restriction.delete)


def test_deleting_a_page_changes_the_version(page, changes):
    assert changes(page.delete)


def test_version_changes_only_after_the_commit(django_capture_on_commit_callbacks):
    before = versions.current()
    with django_capture_on_commit_callbacks(execute=True):
        versions.bump()
        assert versions.current() == before
    assert versions.current() != before


def test_emptied_cache_does_not_revive_what_was_cached():
    first = versions.cached("names", lambda: ["снятое имя"])
    token = versions.current()
    cache.clear()
    assert versions.current() != token
    assert versions.cached("names", list) == [] != first


def test_value_is_built_once_per_version(django_capture_on_commit_callbacks):
    built = []
    memo = versions.Memo("once", lambda: built.append(1) or len(built))
    assert [memo.get(), memo.get()] == [1, 1]
    with django_capture_on_commit_callbacks(execute=True):
        versions.bump()
    assert memo.get() == 2


def test_value_built_from_an_older_state_is_not_kept_under_the_newer_version(django_capture_on_commit_callbacks):
    def build():
        with django_capture_on_commit_callbacks(execute=True):
            versions.bump()  # somebody publishes while this one reads
        return "старое"

    assert versions.cached("list", build) == "старое"
    assert versions.cached("list", lambda: "новое") == "новое"


def test_change_whose_process_was_killed_before_telling_is_noticed(page):
    versions.catch_up()
    page.save_revision().publish()  # no commit callback runs here, as after a kill
    before = versions.current()
    versions.catch_up()
    assert versions.current() != before
    after = versions.current()
    versions.catch_up()
    assert versions.current() == after


def test_next_expiry_is_that_of_the_first_published_page(home):
    assert publicity.next_expiry() is None
    cache.clear()
    soon = timezone.now() + timezone.timedelta(hours=1)
    for hours, live in ((1, True), (2, True), (0.5, False)):
        home.add_child(
            instance=ContentPage(
                title=f"На {hours}",
                slug=f"test-{hours}".replace(".", "-"),
                live=live,
                expire_at=timezone.now() + timezone.timedelta(hours=hours),
            )
        )
    assert abs((publicity.next_expiry() - soon).total_seconds()) < 60


@pytest.mark.usefixtures("clocked_cache")
def test_what_names_an_expiring_page_ends_with_it(home):
    """Lists and menus kept under the version must not name the page until the worker's next round."""
    now = timezone.now()
    with time_machine.travel(now, tick=False) as clock:
        home.add_child(
            instance=ContentPage(title="Временная", slug="vremennaya", expire_at=now + timedelta(minutes=10))
        )
        versions.published.renew()
        before = versions.current()
        clock.shift(timedelta(minutes=9))
        assert versions.current() == before
        clock.shift(timedelta(minutes=1, seconds=1))
        assert versions.current() != before
