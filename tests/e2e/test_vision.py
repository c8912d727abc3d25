"""The version for the visually impaired in a browser: its panel comes when asked for, and remembers."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_panel_opens_changes_the_page_and_is_remembered(page):
    page.goto("/feedback/")
    toggle = page.get_by_role("button", name="Версия для слабовидящих")
    expect(page.locator("#vi")).to_have_count(0)
    toggle.click()
    panel = page.get_by_role("region", name="Версия для слабовидящих")
    expect(panel.get_by_role("heading")).to_be_focused()
    expect(toggle).to_have_attribute("aria-expanded", "true")
    panel.get_by_text("Белым по чёрному").click()
    expect(page.locator("html")).to_have_attribute("data-scheme", "wb")

    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(toggle).to_be_focused()
    toggle.click()
    expect(panel).to_be_visible()
    expect(page.locator("#vi")).to_have_count(1)

    page.reload()
    expect(page.locator("html")).to_have_attribute("data-scheme", "wb")
    toggle.click()
    expect(panel.get_by_role("radio", name="Белым по чёрному")).to_be_checked()
