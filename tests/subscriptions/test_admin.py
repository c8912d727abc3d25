"""Subscriptions in the admin: counted and ended on request by the office, by nobody else."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from portal.core.models import Consent
from portal.subscriptions.domain import joining
from portal.subscriptions.enums import Target
from portal.subscriptions.models import Subscription
from tests.factories.people import make_account

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
LIST = "/admin/snippets/subscriptions/subscription/"


def come(*groups):
    client = Client()
    person = make_account(f"{len(groups)}-office@example.org", groups=groups)
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


@pytest.fixture
def stands(db):
    joining.ask("reader@example.org", Target.NEWS)
    found = Subscription.objects.get()
    joining.confirm(found, address="10.0.0.1")
    joining.ask("waits@example.org", Target.EVENTS)
    return found


def test_office_sees_the_numbers_and_ends_on_request(stands):
    desk = come("Модераторы")
    page = desk.get(LIST).content.decode()
    assert "Действуют: новости 1" in page
    assert "ждёт подтверждения" in page
    assert "reader@example.org" in desk.get(f"{LIST}?q=READER").content.decode()
    path = f"{LIST}end/{stands.pk}/"
    assert "Прекратить подписку" in desk.get(path).content.decode()
    assert Subscription.objects.active().exists()
    desk.post(path)
    assert not Subscription.objects.active().exists()
    assert not Consent.objects.active().exists()


def test_editor_neither_sees_nor_ends(stands):
    desk = come("Редакторы")
    assert desk.get(LIST).status_code == 302
    desk.post(f"{LIST}end/{stands.pk}/")
    assert Subscription.objects.active().exists()


@pytest.mark.parametrize("number", [1, 40])
def test_price_of_the_list_does_not_grow(db, admin_client, number, django_assert_max_num_queries):
    Subscription.objects.bulk_create(
        Subscription(email=f"r{one}@example.org", target=Target.NEWS) for one in range(number)
    )
    admin_client.get(LIST)
    with django_assert_max_num_queries(20):
        admin_client.get(LIST)
