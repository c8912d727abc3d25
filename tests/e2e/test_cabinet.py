"""The cabinet in a real browser: people are let in by keyboard, pages are accessible, a lost sign-in loses no text."""

from __future__ import annotations

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.sessions.models import Session
from django.utils import timezone

from portal.organisations.domain import invitations, requests
from portal.organisations.enums import MemberRole
from portal.organisations.models import Membership
from tests.e2e.conftest import PASSWORD
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import make_account

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture
def garden(live_server):
    """A kindergarten with a head, an invitation and a request."""
    head = make_account("head@example.org", PASSWORD, last_name="Заведующая", first_name="Проба")
    asks = make_account("new@example.org", PASSWORD, last_name="Новая", first_name="Проба")
    garden = OrganisationFactory()
    Membership.objects.create(user=head, organisation=garden, role=MemberRole.HEAD)
    requests.ask(garden, MemberRole.AUTHOR, user=asks)
    invitations.invite(garden, "guest@example.org", MemberRole.AUTHOR, actor=head)
    return garden


def leave(seconds):
    """Let every session end in so many seconds; 0: now."""
    Session.objects.update(expire_date=timezone.now() + timedelta(seconds=seconds))


@pytest.mark.parametrize("width", [360, 820, 1440])
def test_pages_of_people_are_accessible_and_fit_the_screen(garden, page, sign_in, width):
    sign_in("head@example.org")
    request = garden.join_requests.get()
    page.set_viewport_size({"width": width, "height": 900})
    for address in (
        "/cabinet/",
        f"/cabinet/organisations/{garden.slug}/",
        f"/cabinet/organisations/{garden.slug}/requests/{request.pk}/",
    ):
        page.goto(address)
        faults = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}}).response["violations"]
        assert [(fault["id"], [node["target"] for node in fault["nodes"]]) for fault in faults] == [], address
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address


def test_head_lets_a_person_in_from_the_task_by_keyboard(garden, page, sign_in):
    sign_in("head@example.org")
    page.goto("/cabinet/")
    page.get_by_role("link", name="Решить запрос на участие").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/requests/**")
    page.get_by_role("button", name="Подтвердить").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/cabinet/organisations/{garden.slug}/")
    assert "теперь в организации" in page.get_by_role("status").first.inner_text()
    assert Membership.objects.active().filter(organisation=garden).count() == 2


def test_page_warns_before_the_sign_in_ends_and_prolongs_it(garden, page, sign_in):
    sign_in("head@example.org")
    leave(100)
    page.goto("/accounts/")
    button = page.get_by_role("button", name="Продлить")
    button.wait_for()
    assert "Сеанс закончится через 2 мин." in page.locator("[data-session-guard] [role=status]").inner_text()
    button.click()
    page.get_by_text("Сеанс продлён.").wait_for()
    assert Session.objects.get().expire_date > timezone.now() + timedelta(days=1)


def test_sign_in_that_ended_is_begun_again_on_the_spot_and_the_text_is_sent(garden, page, sign_in):
    sign_in("head@example.org")
    page.goto("/accounts/")
    page.get_by_label("Должность").fill("заведующая, набрано до конца сеанса")
    leave(-1)
    page.evaluate("document.dispatchEvent(new Event('session:check'))")
    page.get_by_text("Сеанс закончился.").wait_for()
    field = page.get_by_label("Пароль для head@example.org")
    field.fill("не тот пароль")
    field.press("Enter")
    page.get_by_text("Пароль не подходит.").wait_for()
    field.fill(PASSWORD)
    field.press("Enter")
    page.get_by_text("Вы снова вошли.").wait_for()
    assert page.get_by_label("Должность").input_value() == "заведующая, набрано до конца сеанса"
    page.get_by_role("button", name="Сохранить").click()
    page.get_by_text("Сохранено.").wait_for()
    assert Membership.objects.get(role=MemberRole.HEAD).user.position == "заведующая, набрано до конца сеанса"


def test_another_person_in_the_same_browser_is_noticed(garden, page, sign_in):
    sign_in("head@example.org")
    page.goto("/accounts/")
    other = page.context.new_page()
    other.goto("/accounts/logout/")
    other.get_by_role("main").get_by_role("button", name="Выйти").click()
    other.goto("/accounts/login/")
    other.fill("[name=login]", "new@example.org")
    other.fill("[name=password]", PASSWORD)
    other.click("main [type=submit]")
    other.wait_for_url(lambda url: "/login/" not in url)
    page.evaluate("document.dispatchEvent(new Event('session:check'))")
    page.get_by_text("вошёл другой человек").wait_for()
