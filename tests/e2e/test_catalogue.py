"""The catalogue in a browser: a tick changes the list without a reload, a broken line keeps it."""

from __future__ import annotations

import re

import pytest

from tests.factories.practices import PracticePageFactory

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def titles(page):
    return sorted(page.locator(".results h3").all_inner_texts())


def test_a_reader_narrows_the_list_with_and_without_scripts_and_line(transactional_db, page, browser, live_server):
    PracticePageFactory(title="Степь весной", areas=["poznavatelnoe"], ages=["age-5-6"])
    PracticePageFactory(title="Речь и сказка", areas=["rechevoe"], ages=["age-5-6"])
    PracticePageFactory(title="Первые слова", areas=["rechevoe"], ages=["age-3-4"])

    page.goto("/practices/")
    page.evaluate("window.stayed = true")
    page.check("[name=area][value=rechevoe]")
    page.wait_for_url(re.compile(r"/practices/\?area=rechevoe$"))
    assert titles(page) == ["Первые слова", "Речь и сказка"]
    page.check("[name=age][value=age-3-4]")
    page.wait_for_url(re.compile(r"area=rechevoe&age=age-3-4$"))
    assert titles(page) == ["Первые слова"]
    page.click(".chip--remove >> nth=0")
    page.wait_for_url(re.compile(r"/practices/\?age=age-3-4$"))
    assert page.evaluate("window.stayed") is True
    page.go_back()
    page.wait_for_url(re.compile(r"area=rechevoe&age=age-3-4$"))
    assert titles(page) == ["Первые слова"]

    page.goto("/practices/")
    page.context.set_offline(True)
    page.check("[name=area][value=rechevoe]")
    page.locator("[data-offline]").wait_for(state="visible")
    assert len(titles(page)) == 3

    plain = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    bare = plain.new_page()
    bare.goto("/practices/")
    bare.check("[name=area][value=rechevoe]")
    bare.click("text=Показать")
    assert "area=rechevoe" in bare.url
    assert titles(bare) == ["Первые слова", "Речь и сказка"]
    plain.close()
