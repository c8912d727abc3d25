"""A news item from the first word to the feed: a look by a link, agreement with words, publication at its hour."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from portal.core.models import Letter
from portal.core.scheduling import publish_scheduled
from portal.desk.domain import trash
from portal.news.models import NewsIndexPage, NewsPage
from portal.setup.groups import EDITORS
from tests.e2e.conftest import PASSWORD
from tests.e2e.test_editor import act
from tests.factories.news import NewsPageFactory
from tests.factories.people import make_account
from tests.factories.siblings import free_page

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def decide(page, button, words):
    """Press a button of agreement and say why."""
    page.get_by_role("button", name="Больше действий").click()
    page.get_by_role("button", name=button, exact=True).click()
    page.locator("textarea[name$=comment]:visible").first.fill(words)
    page.locator(".modal [type=submit]:visible, [role=dialog] [type=submit]:visible").first.click()
    page.wait_for_load_state()


def test_news_from_the_first_word_to_the_feed(editor, browser, live_server):
    chief = make_account("chief@example.org", PASSWORD, groups=[EDITORS], first_name="Вера", last_name="Главная")
    section = NewsIndexPage.objects.get()
    editor.goto(f"/admin/pages/add/news/newspage/{section.pk}/")
    editor.fill("[name=title]", "Стартует школа наставников")
    editor.fill("[name=summary]", "Заявки до марта.")
    editor.wait_for_timeout(5_000)  # the address is made of the title by a script, a moment after the last key
    editor.locator("footer [type=submit]").first.click()
    editor.wait_for_url("**/edit/**", timeout=60_000, wait_until="commit")
    news = NewsPage.objects.get(title="Стартует школа наставников")
    assert not news.live

    editor.goto(f"/admin/preview-links/{news.pk}/")
    editor.get_by_role("button", name="Создать ссылку на 7 дней").click()
    address = editor.locator("table input[readonly]").input_value().split("/preview/")[1]
    stranger = browser.new_context(base_url=live_server.url).new_page()
    assert stranger.goto(f"/preview/{address}").status == 200
    assert stranger.locator("h1").inner_text() == "Стартует школа наставников"

    editor.goto(f"/admin/pages/{news.pk}/edit/")
    act(editor, "Отправить на согласование")
    assert Letter.objects.get(kind="page_submitted").to == "chief@example.org"

    context = browser.new_context(base_url=live_server.url, locale="ru-RU", viewport={"width": 1280, "height": 900})
    head = context.new_page()
    head.goto("/accounts/login/")
    head.fill("[name=login]", chief.email)
    head.fill("[name=password]", PASSWORD)
    head.click("main [type=submit]")
    head.wait_for_url(lambda url: "/login/" not in url)
    head.goto("/admin/")
    assert head.get_by_role("link", name="Страницы на согласовании").count() == 1
    head.goto(f"/admin/pages/{news.pk}/edit/")
    decide(head, "Вернуть на доработку", "Уточните дату")
    letter = Letter.objects.get(kind="page_returned")
    assert letter.to == "editor@example.org"
    assert "Уточните дату" in letter.body

    editor.goto(f"/admin/pages/{news.pk}/edit/")
    assert editor.get_by_text("«Уточните дату»").count() == 1
    hour = timezone.now() + dt.timedelta(hours=2)
    draft = NewsPage.objects.get(pk=news.pk).get_latest_revision_as_object()
    draft.go_live_at = hour
    draft.save_revision(user=NewsPage.objects.get(pk=news.pk).owner)
    editor.reload()
    act(editor, "Отправить на согласование снова")
    head.goto(f"/admin/pages/{news.pk}/edit/")
    decide(head, "Утвердить с замечанием", "Теперь хорошо")
    assert "Теперь хорошо" in Letter.objects.get(kind="page_approved").body
    assert stranger.request.get("/news/").text().count("Стартует школа") == 0

    with time_machine.travel(hour + dt.timedelta(minutes=1), tick=True):
        publish_scheduled()
    assert NewsPage.objects.get(pk=news.pk).live
    assert "Стартует школа наставников" in stranger.request.get("/news/feed/").text()
    for one in (stranger, head):
        one.context.close()


def faults(page):
    """Names of the rules of axe that the screen breaks."""
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    return {fault["id"] for fault in found.response["violations"]}


def test_our_screens_have_no_fault_that_stock_screens_lack(editor, home):
    chief = make_account("root@example.org", is_superuser=True)
    news = NewsPageFactory(parent=NewsIndexPage.objects.get(), title="Показать")
    trash.throw_away(free_page(home, "Выброшено"), user=chief)
    stock = set()
    for address in ("/admin/pages/", "/admin/reports/aging-pages/", f"/admin/pages/{news.pk}/unpublish/"):
        editor.goto(address)
        stock |= faults(editor)
    entry = trash.visible_to(chief).get()
    own = {}
    for address in (
        "/admin/",
        "/admin/trash/",
        f"/admin/trash/{entry.pk}/restore/",
        f"/admin/pages/{news.pk}/delete/",
        f"/admin/preview-links/{news.pk}/",
        "/admin/desk/drafts/",
        "/admin/reports/broken-links/",
        f"/admin/bulk/wagtailcore/page/add_topic/?id={news.pk}",
    ):
        editor.goto(address)
        if extra := faults(editor) - stock:
            own[address] = extra
    assert own == {}
