"""A news item from the first word to the feed: a look by a link, agreement with words, publication at its hour."""

from __future__ import annotations

import datetime as dt
import re
import time

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from portal.core.models import Letter
from portal.core.scheduling import publish_scheduled
from portal.desk.domain import trash
from portal.news.models import NewsIndexPage, NewsPage
from portal.roadmap.models import Fact
from portal.setup.groups import EDITORS
from tests.e2e.conftest import PASSWORD, watches_changes
from tests.e2e.test_editor import act, tab
from tests.factories.news import NewsPageFactory
from tests.factories.people import make_account
from tests.factories.roadmap import make_item, make_test_plan
from tests.factories.siblings import free_page

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
TITLE = "Стартует школа наставников"


@pytest.fixture
def item(live_server):
    """An item of a plan that runs now; its owner decides on what proves it."""
    owner = make_account("vladelec@example.org", PASSWORD, first_name="Пётр", last_name="Владелец")
    today = timezone.localdate()
    year = {"starts_on": dt.date(today.year, 1, 1), "ends_on": dt.date(today.year, 12, 31)}
    return make_item(make_test_plan(owner_user=owner, **year), number_text="15.", planned=3, **year)


def decide(page, news, button, words):
    """Open the page in the editor, press a button of agreement and say why."""
    page.goto(f"/admin/pages/{news.pk}/edit/")
    page.get_by_role("button", name="Больше действий").click()
    page.get_by_role("button", name=button).last.click()
    page.locator("textarea[name$=comment]:visible").first.fill(words)
    with page.expect_navigation():
        page.locator(".modal [type=submit]:visible, [role=dialog] [type=submit]:visible").first.click()


def send_to_agreement(page, news, button, words):
    """Open the page in the editor and send it with words to those who agree."""
    page.goto(f"/admin/pages/{news.pk}/edit/")
    tab(page, "Настройки")
    page.fill("[name=words_for_reviewers]", words)
    with page.expect_navigation():
        act(page, button)
    assert "/edit/" not in page.url, page.locator(".messages, .error-message").all_inner_texts()


def appoint(page, news, hour):
    """Set the hour of publication in the editor's dialog."""
    page.goto(f"/admin/pages/{news.pk}/edit/")
    page.get_by_role("button", name="Переключить статус").first.click()
    page.get_by_role("button", name="Установить расписание").click()
    page.fill("[name=go_live_at]", f"{timezone.localtime(hour):%d.%m.%Y %H:%M}")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.get_by_role("button", name="Сохранить расписание").press("Enter")  # the calendar hangs over it


def test_news_from_the_first_word_to_the_feed(editor, person, item):
    make_account("chief@example.org", PASSWORD, groups=[EDITORS], first_name="Вера", last_name="Главная")
    section = NewsIndexPage.objects.get()
    editor.goto(f"/admin/pages/add/news/newspage/{section.pk}/")
    editor.fill("[name=title]", TITLE)
    editor.fill("[name=summary]", "Заявки до марта.")
    editor.locator("#panel-child-content-evidence_links-section button:visible, #id_evidence_links-ADD").last.click()
    editor.select_option("[name=evidence_links-0-item]", str(item.pk))
    editor.locator("footer [type=submit]").first.click()
    editor.wait_for_url("**/edit/**", wait_until="commit")
    news = NewsPage.objects.get(title=TITLE)
    assert not news.live

    editor.goto(f"/admin/preview-links/{news.pk}/")
    editor.get_by_role("button", name="Создать ссылку на 7 дней").click()
    address = editor.locator("table input[readonly]").input_value().split("/preview/")[1]
    stranger = person()
    assert stranger.goto(f"/preview/{address}").status == 200
    assert stranger.locator("h1").inner_text() == TITLE

    send_to_agreement(editor, news, "Отправить на согласование", "Дату знает методист")
    letter = Letter.objects.get(kind="page_submitted")
    assert letter.to == "chief@example.org"
    assert "Дату знает методист" in letter.body
    head = person("chief@example.org")
    head.goto("/admin/")
    assert head.get_by_role("link", name="Страницы на согласовании").count() == 1
    head.goto(f"/admin/pages/{news.pk}/edit/")
    assert head.get_by_text("просит согласовать: «Дату знает методист»").count() == 1
    decide(head, news, "Вернуть на доработку", "Уточните дату")
    letter = Letter.objects.get(kind="page_returned")
    assert letter.to == "editor@example.org"
    assert "Уточните дату" in letter.body

    editor.goto(f"/admin/pages/{news.pk}/edit/")
    assert editor.get_by_text("«Уточните дату»").count() == 1
    hour = (timezone.now() + dt.timedelta(hours=2)).replace(second=0, microsecond=0)
    appoint(editor, news, hour)
    send_to_agreement(editor, news, "Отправить на согласование снова", "Дата стоит")
    decide(head, news, "Утвердить с замечанием", "Теперь хорошо")
    assert "Теперь хорошо" in Letter.objects.get(kind="page_approved").body
    places = ["/", "/news/", "/news/feed/", item_address(item)]
    for place in places:
        assert TITLE not in stranger.request.get(place).text(), place

    with time_machine.travel(hour - dt.timedelta(minutes=1), tick=True):
        publish_scheduled()
    assert not NewsPage.objects.get(pk=news.pk).live
    with time_machine.travel(hour + dt.timedelta(minutes=1), tick=True):
        publish_scheduled()
        assert NewsPage.objects.get(pk=news.pk).live
        for place in places:
            assert TITLE in stranger.request.get(place).text(), place
    fact = Fact.objects.get(item=item)
    assert (fact.state, fact.on) == ("proposed", timezone.localdate())
    owner = person("vladelec@example.org")
    owner.goto("/admin/roadmap/")
    owner.get_by_role("heading", name="Ждут вашего решения: 1").wait_for()
    assert owner.get_by_label(f"{TITLE}, пункт 15").count() == 1


def item_address(item):
    return f"/roadmap/{item.plan.slug}/{item.position}/"


def is_autosave(request):
    return request.method == "POST" and request.headers["accept"] == "application/json"


def test_save_pressed_with_the_last_key_saves(editor):
    """The browser has not made the address of the title yet: the server makes it."""
    section = NewsIndexPage.objects.get()
    editor.goto(f"/admin/pages/add/news/newspage/{section.pk}/")
    editor.fill("[name=title]", TITLE)
    editor.locator("footer [type=submit]").first.click()
    editor.wait_for_url("**/edit/**")
    assert NewsPage.objects.get(title=TITLE).slug == "startuet-shkola-nastavnikov"


def test_save_by_hand_beside_an_autosave_makes_one_page(editor):
    """Pressed while the autosave of a new page is under way, the button waits for it: no second page, no refusal."""
    section = NewsIndexPage.objects.get()
    editor.route(
        re.compile(r"/(add|edit)/"), lambda route: (is_autosave(route.request) and time.sleep(2), route.continue_())
    )
    editor.goto(f"/admin/pages/add/news/newspage/{section.pk}/")
    watches_changes(editor)
    with editor.expect_request(is_autosave):
        editor.fill("[name=title]", TITLE)
    with editor.expect_event("load"):  # the autosave too renames the address, without a load
        editor.locator("footer [type=submit]").first.click()
    assert editor.url.endswith("/edit/")
    assert editor.get_by_role("dialog").count() == 0
    assert NewsPage.objects.filter(title=TITLE).count() == 1
    watches_changes(editor)
    with editor.expect_request(is_autosave):
        editor.fill("[name=summary]", "Заявки до апреля.")
    with editor.expect_event("load"):
        editor.locator("footer [type=submit]").first.click()
    assert editor.get_by_role("button", name="Собрать из отмеченного").count() == 0
    assert NewsPage.objects.get(title=TITLE).get_latest_revision_as_object().summary == "Заявки до апреля."


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
