"""People at work in a real browser."""

from __future__ import annotations

import pytest

from portal.setup.groups import EDITORS
from tests.factories.people import make_account

PASSWORD = "уточка-у-пруда-7"
COUNT_SNAPSHOTS = """for (const [name, step] of [['ready', 1], ['watch-edits', -1]])
    document.addEventListener('w-unsaved:' + name, () => { window.snapshotsDue = (window.snapshotsDue || 0) + step }, true)"""


def watches_changes(page):
    """Wait until Wagtail's form has taken the snapshots it is to take: what is typed before that is no change to it.

    Each time the form comes to stand in its place it says «ready» and takes one two seconds later; it comes twice.
    """
    page.wait_for_function("() => window.snapshotsDue <= 0")


@pytest.fixture
def sign_in(page):
    """Sign in through the form of the site."""

    def enter(email):
        page.goto("/accounts/login/")
        page.fill("[name=login]", email)
        page.fill("[name=password]", PASSWORD)
        page.click("main [type=submit]")
        page.wait_for_url(lambda url: "/login/" not in url)

    return enter


@pytest.fixture
def editor(live_server, media, page, sign_in):
    """The page of a signed-in editor."""
    make_account("editor@example.org", PASSWORD, groups=[EDITORS], first_name="Проба", last_name="Тестова")
    page.add_init_script(COUNT_SNAPSHOTS)
    sign_in("editor@example.org")
    return page


@pytest.fixture
def person(browser, live_server):
    """Open a browser of one's own, signed in with an address or as a stranger."""
    contexts = []

    def come(email=None, **device):
        device = {"viewport": {"width": 1280, "height": 900}, **device}
        context = browser.new_context(base_url=live_server.url, locale="ru-RU", **device)
        contexts.append(context)
        page = context.new_page()
        if email:
            page.goto("/accounts/login/")
            page.fill("[name=login]", email)
            page.fill("[name=password]", PASSWORD)
            page.click("main [type=submit]")
            page.wait_for_url(lambda url: "/login/" not in url)
        return page

    yield come
    for context in contexts:
        context.close()
