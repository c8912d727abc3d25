"""Windows of intake and their extensions in the admin."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.intake.models import IntakeExtension, IntakeWindow
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import make_account

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

WINDOWS = "wagtailsnippets_intake_intakewindow"
EXTENSIONS = "wagtailsnippets_intake_intakeextension"


def moment(days):
    return f"{timezone.localtime() + timedelta(days=days):%d.%m.%Y %H:%M}"


@pytest.fixture
def moderator(db):
    return make_account("moderator@example.org", groups=["Модераторы"])


def open_window(client, title, begins, ends):
    data = {"procedure": "practices", "title": title, "opens_at": moment(begins), "closes_at": moment(ends)}
    return client.post(reverse(f"{WINDOWS}:add"), data, follow=True).content.decode()


def test_a_moderator_opens_an_intake_and_two_do_not_overlap(client, moderator):
    client.force_login(moderator)
    open_window(client, "Осенний приём", 0, 30)
    assert IntakeWindow.objects.get().procedure == "practices"
    body = open_window(client, "Второй приём", 20, 50)
    assert "уже идёт приём «Осенний приём»" in body
    assert "Закрытие должно быть позже открытия" in open_window(client, "Наоборот", 60, 50)
    assert IntakeWindow.objects.count() == 1
    assert "Практики в банк" in client.get(reverse(f"{WINDOWS}:list")).content.decode()


def test_an_extension_needs_a_later_end_and_keeps_who_gave_it(client, moderator):
    client.force_login(moderator)
    open_window(client, "Осенний приём", -30, -1)
    window, garden = IntakeWindow.objects.get(), OrganisationFactory()

    def extend(days):
        data = {"window": window.pk, "organisation": garden.pk, "until": moment(days), "reason": "Ремонт"}
        return client.post(reverse(f"{EXTENSIONS}:add"), data, follow=True).content.decode()

    assert "Новый срок должен быть позже прежнего" in extend(-2)
    extend(5)
    given = IntakeExtension.objects.get()
    assert (given.given_by, given.reason) == (moderator, "Ремонт")
    assert "Ремонт" in client.get(reverse(f"{EXTENSIONS}:list")).content.decode()


@pytest.mark.parametrize("group", ["Редакторы", "Редакторы банка практик", "Редакторы новостей и событий"])
def test_editors_have_no_such_screens(client, db, group):
    client.force_login(make_account("editor@example.org", groups=[group]))
    for name in (f"{WINDOWS}:list", f"{WINDOWS}:add", f"{EXTENSIONS}:add"):
        assert client.get(reverse(name)).status_code in {302, 403, 404}
    open_window(client, "Чужой приём", 0, 3)
    assert not IntakeWindow.objects.exists()
