"""The main journey of the portal: a kindergarten writes, its head confirms, the office returns and accepts, an editor makes
the page, the author agrees, and everybody reads the practice in the bank (JOURNEYS 2, 4 and 11 of the roadmap)."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from portal.core.models import Letter
from portal.roadmap.models import Fact
from portal.setup.groups import BANK_EDITORS, MODERATORS
from practices.models import PracticeSubmission
from tests.e2e.conftest import PASSWORD
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import make_account
from tests.factories.roadmap import make_item, make_test_plan
from tests.factories.submissions import make_member
from tests.factories.whole import make_whole

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
TITLE = "Дневник погоды на подоконнике: дети сами ведут записи"


@pytest.fixture
def people(live_server):
    """The kindergarten's people and those who receive what they send."""
    garden = OrganisationFactory()
    make_account("moderator@example.org", PASSWORD, groups=[MODERATORS], first_name="Мария", last_name="Канцелярова")
    make_account("editor@example.org", PASSWORD, groups=[BANK_EDITORS], first_name="Римма", last_name="Правкина")
    make_member(garden, "head@example.org", head=True, password=PASSWORD, first_name="Зоя", last_name="Заведующая")
    return make_member(garden, "author@example.org", password=PASSWORD, first_name="Анна", last_name="Авторова")


@pytest.fixture
def item(live_server):
    """Item 11 of the plan that runs now."""
    today = timezone.localdate()
    year = {"starts_on": dt.date(today.year, 1, 1), "ends_on": dt.date(today.year, 12, 31)}
    return make_item(make_test_plan(**year), number_text="11.", planned=3, **year)


@pytest.fixture
def draft(people, media):
    """The passport as it stands after the first evening: only its title is not good yet."""
    return make_whole(people.memberships.get().organisation, people, title="")


def press(page, name):
    """Press a button and wait for the next page."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def state(draft):
    return PracticeSubmission.objects.get(pk=draft.pk)


def send(author, draft):
    author.goto(f"/cabinet/practices/{draft.public_id}/about/")
    author.get_by_label("Название практики").fill(TITLE)
    author.locator("[data-save-line]", has_text="Сохранено в").wait_for()
    author.goto(f"/cabinet/practices/{draft.public_id}/check/")
    press(author, "Отправить руководителю")


def confirm(head):
    head.goto("/cabinet/")
    head.get_by_role("link", name="Подтвердить отправку").click()
    press(head, "Подтвердить отправку")


def return_with_a_remark(moderator):
    moderator.goto("/admin/practices/submissions/")
    moderator.get_by_role("link", name=TITLE).first.click()
    moderator.get_by_role("link", name="Вернуть на доработку").click()
    moderator.locator("[name$=-field]").first.select_option(label="Цель")
    moderator.locator("[name$=-text]").first.fill("Скажите, у кого и что изменится.")
    press(moderator, "Вернуть на доработку")


def answer(author, draft):
    author.goto(f"/cabinet/practices/{draft.public_id}/solution/")
    author.get_by_label("Цель").fill("Дети 5–6 лет сами задают вопросы о погоде и проверяют свои ответы наблюдением")
    author.locator("[data-save-line]", has_text="Сохранено в").wait_for()
    author.goto(f"/cabinet/practices/{draft.public_id}/")
    author.get_by_label("исправлено").check()
    press(author, "Сохранить ответы")
    author.goto(f"/cabinet/practices/{draft.public_id}/check/")
    press(author, "Отправить повторно")


def accept(moderator):
    moderator.goto("/admin/practices/submissions/")
    moderator.get_by_role("link", name=TITLE).first.click()
    expect(moderator.locator("ins", has_text="наблюдением").first).to_be_attached()  # what the author changed
    for line in moderator.locator("fieldset.desk-check").all():
        line.get_by_label("да", exact=True).check()
    press(moderator, "Сохранить отметки")
    press(moderator, "Проверка пройдена")


def make_page_and_send(editor):
    editor.goto("/admin/practices/accepted/")
    editor.get_by_role("link", name=re.compile("Создать страницу|Дневник погоды")).first.click()
    press(editor, "Создать страницу")
    page = state_page()
    editor.goto(f"/admin/pages/{page.pk}/edit/")
    editor.locator("[name=summary]").fill("Дети ведут дневник погоды и сами проверяют прогнозы. Редактор сократил.")
    with editor.expect_navigation():
        editor.locator("footer [type=submit]").first.click()
    editor.goto(f"/admin/practices/way/{page.pk}/")
    press(editor, "Отправить автору")


def state_page():
    return PracticeSubmission.objects.get().page


def agree(author, draft):
    author.goto(f"/cabinet/practices/{draft.public_id}/text/")
    expect(author.locator("ins", has_text="Редактор").first).to_be_visible()
    press(author, "Согласиться с текстом")


def publish(editor):
    editor.goto(f"/admin/practices/way/{state_page().pk}/")
    press(editor, "Опубликовать")


def test_a_kindergarten_submits_a_practice_and_sees_it_published(person, draft, item):
    author, head = person("author@example.org"), person("head@example.org")
    send(author, draft)
    assert (state(draft).status, state(draft).number) == ("head_confirmation", None)
    confirm(head)
    number = state(draft).number
    assert state(draft).status == "formal_check"
    author.goto(f"/cabinet/practices/{draft.public_id}/")
    author.get_by_text(number).first.wait_for()
    moderator = person("moderator@example.org")
    return_with_a_remark(moderator)
    assert (state(draft).status, state(draft).open_fields) == ("revision", ["goal"])
    answer(author, draft)
    assert (state(draft).status, state(draft).number) == ("formal_check", number)
    accept(moderator)
    assert state(draft).status == "accepted"
    editor, stranger = person("editor@example.org"), person()
    make_page_and_send(editor)
    place = state_page().url
    assert stranger.goto(place).status == 404  # not a word before the author agrees
    agree(author, draft)
    publish(editor)
    assert state(draft).status == "published"
    assert stranger.goto(place).status == 200
    expect(stranger.get_by_role("heading", level=1)).to_have_text(TITLE)
    stranger.goto("/practices/")
    stranger.get_by_role("link", name=TITLE).first.wait_for()
    fact = Fact.objects.get(item=item)
    assert (fact.state, fact.on) == ("proposed", timezone.localdate())
    letters = Counter(Letter.objects.filter(to="author@example.org").values_list("kind", flat=True))
    assert letters >= Counter(
        ["practice_receipt", "practice_revision", "practice_accepted", "practice_text_shown", "practice_published"]
    )
    assert set(letters.values()) == {1}  # nothing twice
