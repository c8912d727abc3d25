"""Notices, settings of letters and subscriptions in a real browser: by keyboard too, at both widths."""

from __future__ import annotations

import re

import pytest
from django.core import mail

from portal.core.models import Notice
from portal.subscriptions.domain.links import leave_url
from portal.subscriptions.models import Subscription
from tests.e2e.conftest import PASSWORD
from tests.e2e.test_accessible import faults
from tests.factories.people import make_account

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
WIDTHS = (390, 1440)


@pytest.mark.parametrize("width", WIDTHS)
def test_person_reads_the_bell_and_chooses_letters(live_server, page, sign_in, width):
    person = make_account("teacher@example.org", PASSWORD, last_name="Тестова", first_name="Проба")
    for title in ("Практика возвращена", "Срок завтра"):
        Notice.objects.create(user=person, kind="mailing", title=title, href="/practices/")
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(reduced_motion="reduce")
    sign_in(person.email)
    page.goto("/cabinet/notices/")
    assert faults(page, "уведомления") == []
    page.get_by_role("link", name="Срок завтра").press("Enter")
    page.wait_for_url("**/practices/")
    page.goto("/cabinet/notices/")
    page.get_by_role("button", name="Отметить все прочитанными").click()
    page.wait_for_load_state()
    assert not Notice.objects.unread().exists()
    page.goto("/cabinet/notices/letters/")
    assert faults(page, "настройка писем") == []
    page.get_by_label("Сообщения портала").select_option("never")
    page.get_by_role("button", name="Сохранить").click()
    page.wait_for_load_state()
    assert page.get_by_label("Сообщения портала").input_value() == "never"


@pytest.mark.parametrize("width", WIDTHS)
def test_visitor_subscribes_confirms_and_leaves(live_server, page, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(reduced_motion="reduce")
    page.goto("/news/")
    page.get_by_role("link", name="Письма о новом").click()
    page.wait_for_url("**/subscribe/**")
    found = faults(page, "подписка")
    page.get_by_label("Электронная почта").fill("reader@example.org")
    page.get_by_label("Даю согласие").check()
    page.wait_for_timeout(3100)  # a form sent at once is a robot's
    page.get_by_role("button", name="Подписаться").click()
    page.wait_for_url("**/subscribe/sent/")
    found += faults(page, "письмо отправлено")
    page.goto(re.search(r"/subscribe/confirm/\S+", mail.outbox[-1].body)[0])
    found += faults(page, "подтверждение")
    page.get_by_role("button", name="Подтвердить").click()
    page.wait_for_load_state()
    assert Subscription.objects.active().count() == 1
    page.goto(re.search(r"/subscribe/leave/\S+", leave_url("reader@example.org"))[0])
    found += faults(page, "подписки")
    page.get_by_role("button", name="Отказаться").click()
    page.wait_for_load_state()
    assert not Subscription.objects.active().exists()
    assert found == []
