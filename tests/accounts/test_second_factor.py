"""Staff connect an authenticator before they reach pages of staff; people without rights do not see the admin."""

from __future__ import annotations

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth.models import Group

from portal.accounts.rules import STAFF_GROUPS
from tests.accounts.conftest import PASSWORD
from tests.factories.people import make_account

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def required(settings):
    settings.MFA_REQUIRED = True


@pytest.fixture
def staff(db, client):
    def make(group):
        Group.objects.get_or_create(name=group)
        user = make_account("staff@example.org", PASSWORD, groups=[group])
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return user

    return make


@pytest.mark.parametrize("group", sorted(STAFF_GROUPS))
@pytest.mark.parametrize("path", ["/admin/", "/cabinet/", "/review/"])
def test_staff_without_a_second_step_are_led_to_connect_one(client, required, staff, group, path):
    staff(group)
    answer = client.get(path)
    if path == "/admin/" and group == "Координаторы":
        assert answer.status_code == 404  # they do not work in the admin
    else:
        assert answer.url == "/accounts/2fa/totp/activate/"


def test_administrator_is_led_too_and_passes_once_connected(admin_client, admin_user, required):
    assert admin_client.get("/admin/").url == "/accounts/2fa/totp/activate/"
    totp.TOTP.activate(admin_user, totp.generate_totp_secret())
    assert admin_client.get("/admin/").status_code == 200


def test_accounts_and_the_way_out_stay_open(admin_client, required):
    assert admin_client.get("/accounts/").status_code == 200
    assert admin_client.get("/accounts/logout/").status_code == 200
    assert admin_client.post("/admin/logout/").url == "/"


def test_switched_off_asks_nobody(admin_client, settings):
    settings.MFA_REQUIRED = False
    assert admin_client.get("/admin/").status_code == 200


def test_teacher_is_not_asked(client, person, required):
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/cabinet/").status_code == 200
    assert client.get("/accounts/").status_code == 200


def test_teacher_sees_no_admin_and_is_not_sent_in_circles(client, person):
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    for path in ("/admin/", "/admin/pages/", "/admin/users/"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "не открыта" in answer.content.decode()


def test_password_alone_does_not_open_an_account_with_a_second_step(client, person, sign_in):
    totp.TOTP.activate(person, totp.generate_totp_secret())
    assert sign_in(person.email).url == "/accounts/2fa/authenticate/"
    assert client.get("/accounts/").status_code == 302


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/admin/login/", "/accounts/login/?next=%2Fadmin%2F"),
        ("/admin/login/?next=/admin/pages/", "/accounts/login/?next=%2Fadmin%2Fpages%2F"),
        ("/admin/login/?next=https://evil.example.org/", "/accounts/login/?next=%2Fadmin%2F"),
        ("/admin/password_reset/", "/accounts/password/reset/"),
        ("/admin/password_reset/confirm/x/y/", "/accounts/password/reset/"),
    ],
)
def test_doors_of_the_admin_lead_to_the_pages_of_accounts(client, path, leads_to):
    assert client.get(path).url == leads_to
