"""The end of a quarter: the owner of a plan decides, moves a term, writes an update; the visitor sees it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from portal.roadmap.models import Fact
from tests.e2e.conftest import PASSWORD
from tests.e2e.test_editor_journey import faults
from tests.factories.people import make_account
from tests.factories.roadmap import make_item, make_test_plan, prove

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def item(live_server, media):
    owner = make_account("vladelec@example.org", PASSWORD, first_name="Проба", last_name="Тестова")
    today = timezone.localdate()
    year = {"starts_on": dt.date(today.year, 1, 1), "ends_on": dt.date(today.year, 12, 31)}
    plan = make_test_plan(owner_user=owner, **year)
    item = make_item(plan, number_text="15.", planned=3, recurrence="quarter", period_text="1 раз в квартал", **year)
    for days in (1, 2, 3):
        prove([item], date=today - dt.timedelta(days=days), title=f"Открытый показ {days}")
    return item


def test_owner_at_the_end_of_a_quarter(page, sign_in, item):
    sign_in("vladelec@example.org")
    page.goto("/admin/")
    stock = faults(page)
    page.goto("/admin/account/")
    stock |= faults(page)
    page.get_by_role("link", name="Моя дорожная карта").click()
    page.get_by_role("heading", name="Ждут вашего решения: 3").wait_for()
    assert faults(page) <= stock
    for days in (1, 2):
        page.get_by_label(f"Открытый показ {days}, пункт 15").check()
    page.get_by_role("button", name="Засчитать отмеченные", exact=True).click()
    page.get_by_role("button", name="Засчитать 2 факта").click()
    page.get_by_label("Открытый показ 3, пункт 15").check()
    page.get_by_role("button", name="Не засчитывать отмеченные").click()
    page.get_by_label("Почему не засчитано").fill("Это повтор.")
    assert faults(page) <= stock
    page.get_by_role("button", name="Не засчитывать 1 факт").click()
    page.get_by_role("link", name="Мероприятие 1").first.click()
    page.get_by_text("Перенести сроки").wait_for()
    assert faults(page) <= stock
    page.get_by_text("Перенести сроки").click()
    year = item.ends_on.year
    page.fill("[name=dates-starts_on]", f"01.02.{year}")
    page.fill("[name=dates-order_number]", "112")
    page.fill("[name=dates-order_date]", f"31.01.{year}")
    page.fill("[name=dates-reason]", "Карантин")
    page.get_by_role("button", name="Перенести", exact=True).press("Enter")
    page.get_by_text(f"стало 01.02.{year} – 31.12.{year}").wait_for()
    page.get_by_text("Добавить обновление").click()
    page.fill("[name=update-title]", "Показ в Елани")
    page.get_by_role("button", name="Добавить", exact=True).click()
    page.get_by_text("Обновление добавлено").wait_for()
    assert set(Fact.objects.values_list("state", flat=True)) == {"confirmed", "refused"}
    page.goto(f"/roadmap/{item.plan.slug}/1/")
    body = page.locator("main").inner_text()
    for words in ("3 из 3", "Показ в Елани", "Карантин"):
        assert words in body
