"""The passport filled by people with browsers: it saves itself, survives a lost line, and two people see each other."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from practices.models import PracticeSubmission
from tests.factories.organisations import OrganisationFactory
from tests.factories.submissions import make_member, make_submission

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
SAVED = "Сохранено в"
OFFLINE = "Нет связи. Текст останется на этом устройстве, отправим, когда связь вернётся"


@pytest.fixture
def kindergarten(home):
    return OrganisationFactory()


@pytest.fixture
def author(kindergarten):
    return make_member(kindergarten, "author@example.org", first_name="Проба", last_name="Тестова")


@pytest.fixture
def colleague(kindergarten):
    return make_member(kindergarten, "colleague@example.org", first_name="Мария", last_name="Образцова")


@pytest.fixture
def draft(kindergarten, author):
    return make_submission(kindergarten, author, title="")


def sign_in(context, live_server, user):
    """Give a browser the session of a person who has signed in."""
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    context.add_cookies(
        [
            {
                "name": settings.SESSION_COOKIE_NAME,
                "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
                "url": live_server.url,
            }
        ]
    )


@pytest.fixture
def own(page, live_server, author):
    """The author's browser."""
    sign_in(page.context, live_server, author)
    page.set_default_timeout(60_000)
    return page


@pytest.fixture
def another(browser, live_server):
    """Return a page of another device or another person."""
    opened = []

    def come(user, **options):
        context = browser.new_context(base_url=live_server.url, locale="ru-RU", **options)
        context.set_default_timeout(60_000)
        sign_in(context, live_server, user)
        opened.append(context)
        return context.new_page()

    yield come
    for context in opened:
        context.close()


def address(draft, step):
    return f"/cabinet/practices/{draft.public_id}/{step}/"


def said(page, words):
    page.locator("[data-save-line]", has_text=words).wait_for()


def fresh(draft):
    return PracticeSubmission.objects.get(pk=draft.pk)


def test_what_is_typed_saves_itself_and_is_there_on_another_device(own, another, author, draft):
    own.goto(address(draft, "about"))
    own.get_by_label("Название практики").fill("Дневник погоды на подоконнике: дети сами ведут записи")
    own.get_by_text("53 из 140").wait_for()
    own.get_by_label("Средовая").check()
    said(own, SAVED)
    assert fresh(draft).title == "Дневник погоды на подоконнике: дети сами ведут записи"
    phone = another(author, viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    phone.goto(address(draft, "about"))
    assert phone.get_by_label("Название практики").input_value().startswith("Дневник погоды")
    assert phone.get_by_label("Средовая").is_checked()
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_rows_are_added_moved_and_removed_by_the_keyboard(own, draft):
    own.goto(address(draft, "solution"))
    tasks = own.locator("[data-rows=tasks]")
    tasks.locator("input[type=text]").nth(0).fill("Первая задача нашей практики")
    tasks.locator("input[type=text]").nth(1).fill("Вторая задача нашей практики")
    own.get_by_role("button", name="Опустить: задача 1").focus()
    own.keyboard.press("Enter")
    assert own.evaluate("document.activeElement.getAttribute('aria-label')") == "Поднять: задача 2"
    tasks.get_by_text("Теперь место 2 из 2.").wait_for()
    own.get_by_role("button", name="Добавить: задача").focus()
    own.keyboard.press("Enter")
    own.keyboard.type("Третья задача нашей практики")
    own.get_by_role("button", name="Удалить: задача 1").focus()
    own.keyboard.press("Enter")
    assert own.evaluate("document.activeElement.textContent").strip() == "Задача 1"
    said(own, SAVED)
    assert [row["value"] for row in fresh(draft).tasks.raw_data] == [
        "Первая задача нашей практики",
        "Третья задача нашей практики",
    ]


def test_without_a_line_the_text_waits_on_the_device_and_goes_when_it_is_back(own, draft):
    own.goto(address(draft, "solution"))
    own.context.set_offline(True)
    own.get_by_label("Цель").fill("Дети 5–6 лет сами задают вопросы о погоде и проверяют ответы")
    said(own, OFFLINE)
    assert own.evaluate("Object.keys(localStorage).some((key) => key.startsWith('portal-draft:'))")
    own.context.set_offline(False)
    said(own, SAVED)
    assert fresh(draft).goal.startswith("Дети 5–6 лет")
    assert not own.evaluate("Object.keys(localStorage).some((key) => key.startsWith('portal-draft:'))")


def test_a_text_kept_on_the_device_comes_back_with_the_page(own, draft):
    own.goto(address(draft, "solution"))
    own.context.set_offline(True)
    own.get_by_label("Цель").fill("Этот текст набран без связи, а вкладку закрыли")
    own.locator("[data-rows=tasks] input[type=text]").nth(1).fill("Задача без связи, вторая строка")
    said(own, OFFLINE)
    own.close()
    own.context.set_offline(False)
    again = own.context.new_page()
    again.goto(address(draft, "solution"))
    said(again, SAVED)
    assert again.get_by_label("Цель").input_value() == "Этот текст набран без связи, а вкладку закрыли"
    assert fresh(draft).goal == "Этот текст набран без связи, а вкладку закрыли"
    assert "Задача без связи, вторая строка" in [row["value"] for row in fresh(draft).tasks.raw_data]


def test_two_people_see_each_other_and_both_versions(own, another, colleague, draft):
    own.goto(address(draft, "about"))
    other = another(colleague)
    other.goto(address(draft, "about"))
    other.get_by_text("Сейчас правит: Проба (этот шаг)").wait_for()
    other.get_by_label("Название практики").fill("Название, которое дала Мария")
    said(other, SAVED)
    own.get_by_label("Название практики").fill("Название, которое дал первый автор")
    own.get_by_role("heading", name="Это поле изменила другая правка: Мария").wait_for()
    own.get_by_text("Название, которое дала Мария").wait_for()
    assert fresh(draft).title == "Название, которое дала Мария"
    own.get_by_role("button", name="Оставить то, что в поле").click()
    said(own, SAVED)
    kept = fresh(draft)
    assert kept.title == "Название, которое дал первый автор"
    answers = [row.answers.get("title") for row in kept.snapshots.all()]
    assert set(answers) == {"Название, которое дала Мария", "Название, которое дал первый автор"}


def test_after_the_sign_in_ended_one_signs_in_on_the_spot_and_the_text_is_saved(page, live_server, author, draft):
    author.set_password("уточка-у-пруда-7")
    author.save()
    sign_in(page.context, live_server, author)
    page.set_default_timeout(60_000)
    page.goto(address(draft, "solution"))
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_label("Цель").fill("Текст, который набрали после конца сеанса")
    page.get_by_label("Пароль для author@example.org").fill("уточка-у-пруда-7")
    page.get_by_role("button", name="Войти", exact=True).click()
    said(page, SAVED)
    assert fresh(draft).goal == "Текст, который набрали после конца сеанса"


def test_without_scripts_every_step_is_filled_and_the_check_names_what_is_missing(another, author, draft):
    plain = another(author, java_script_enabled=False)
    plain.goto(address(draft, "about"))
    plain.get_by_label("Название практики").fill("Дневник погоды на подоконнике")
    plain.get_by_role("button", name="Дальше: Проблема и решение").click()
    plain.get_by_role("textbox", name="Задача", exact=False).first.fill("Первая задача нашей практики")
    plain.get_by_role("button", name="Добавить: задача").click()
    assert plain.locator("[data-rows=tasks] [data-row]").count() == 2
    assert plain.locator("[data-rows=tasks] input[type=text]").first.input_value() == "Первая задача нашей практики"
    plain.locator(".steps-nav").get_by_role("button", name="Проверка").click()
    plain.get_by_role("heading", name="Чтобы отправить, заполните ещё").wait_for()
    plain.get_by_role("link", name="Кратко о практике", exact=True).click()
    assert plain.get_by_text("Заполните поле.").first.is_visible()
    assert fresh(draft).title == "Дневник погоды на подоконнике"
