"""People at work in a real browser."""

from __future__ import annotations

import pytest

from portal.setup.groups import EDITORS
from tests.factories.people import make_account

PASSWORD = "уточка-у-пруда-7"


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
    sign_in("editor@example.org")
    return page


@pytest.fixture
def person(browser, live_server):
    """Open a browser of one's own, signed in with an address or as a stranger."""
    contexts = []

    def come(email=None):
        context = browser.new_context(base_url=live_server.url, locale="ru-RU", viewport={"width": 1280, "height": 900})
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
