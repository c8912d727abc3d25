"""«Войти как этот пользователь»: an administrator works as a person, visibly, for an hour and on record."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from allauth.mfa.totp.internal import auth as totp
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from portal.accounts.models import ActingPeriod, User
from portal.core import acting, privacy
from portal.core.models import Consent
from portal.core.models.privacy import ConsentPurpose
from portal.setup.groups import EDITORS
from tests.accounts.conftest import PASSWORD
from tests.factories.people import make_account

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
BAND = "Вы работаете как"


def work_as(client, person):
    return client.post(f"/admin/users/work-as/{person.pk}/")


def who(client):
    number = client.session.get("_auth_user_id")
    return User.objects.get(pk=number).email if number else None


@pytest.fixture
def other():
    """Another browser than the administrator's."""
    return Client()


@pytest.fixture
def editor(db):
    return make_account("editor@example.org", PASSWORD, groups=[EDITORS], first_name="Вера", last_name="Редакторова")


def test_administrator_works_as_a_person_and_comes_back(admin_client, admin_user, person):
    seen = person.last_login
    assert "Войти как этот пользователь" in admin_client.get("/admin/users/").content.decode()
    assert "Войти как этот пользователь" in admin_client.get(f"/admin/users/edit/{person.pk}/").content.decode()
    question = admin_client.get(f"/admin/users/work-as/{person.pk}/").content.decode()
    assert person.email in question
    assert who(admin_client) == admin_user.email
    answer = admin_client.post(f"/admin/users/work-as/{person.pk}/", REMOTE_ADDR="192.0.2.7")
    assert answer.url == "/accounts/"
    assert who(admin_client) == person.email
    (period,) = ActingPeriod.objects.all()
    assert (period.administrator, period.person, period.address) == (admin_user, person, "192.0.2.7")
    assert period.over_at is None
    person.refresh_from_db()
    assert person.last_login == seen
    menu = admin_client.get("/accounts/menu/").content.decode()
    assert BAND in menu
    assert "Тестова" in menu
    assert "Управление порталом" not in menu
    assert admin_client.get("/admin/").status_code == 404
    assert admin_client.get("/accounts/return/").status_code == 405
    assert admin_client.post("/accounts/return/").url == "/admin/users/"
    assert who(admin_client) == admin_user.email
    assert BAND not in admin_client.get("/accounts/menu/").content.decode()
    period.refresh_from_db()
    assert period.began_at <= period.ended_at <= timezone.now()


def test_band_stands_on_every_screen_of_the_admin(admin_client, editor):
    assert work_as(admin_client, editor).url == "/admin/"
    screen = admin_client.get("/admin/").content.decode()
    assert BAND in screen
    assert 'action="/accounts/return/"' in screen
    assert "Редакторова" in screen


def test_public_page_is_the_same_for_who_works_as_somebody(admin_client, other, home, person):
    work_as(admin_client, person)
    mine, strangers = admin_client.get("/"), other.get("/")
    assert mine.content == strangers.content
    assert "Cookie" not in mine.headers.get("Vary", "")


def test_nobody_works_as_an_administrator_a_closed_account_or_oneself(admin_client, admin_user, person):
    chief = make_account("chief@example.org", PASSWORD, is_superuser=True)
    closed = make_account("closed@example.org", PASSWORD, is_active=False)
    for target in (chief, closed, admin_user):
        assert work_as(admin_client, target).status_code in {302, 403}
        assert who(admin_client) == admin_user.email
        edit = admin_client.get(f"/admin/users/edit/{target.pk}/").content.decode()
        assert "Войти как этот пользователь" not in edit
    assert not ActingPeriod.objects.exists()


def test_only_an_administrator_and_only_from_the_own_account(admin_client, other, editor, person):
    other.force_login(editor, backend="allauth.account.auth_backends.AuthenticationBackend")
    work_as(other, person)
    assert who(other) == editor.email
    work_as(admin_client, editor)
    assert work_as(admin_client, person).status_code == 403
    assert who(admin_client) == editor.email
    assert ActingPeriod.objects.count() == 1


def test_start_and_return_need_a_token(admin_user, person):
    client = Client(enforce_csrf_checks=True)
    client.force_login(admin_user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert work_as(client, person).status_code == 403
    assert client.post("/accounts/return/").status_code == 403
    assert who(client) == admin_user.email


@pytest.mark.parametrize(
    "address",
    [
        "/accounts/password/change/",
        "/accounts/email/",
        "/accounts/2fa/",
        "/accounts/2fa/totp/activate/",
        "/accounts/2fa/recovery-codes/",
        "/accounts/reauthenticate/",
        "/admin/account/",
        "/admin/users/",
        "/admin/api-tokens/",
    ],
)
def test_what_is_the_persons_own_is_closed(admin_client, editor, address):
    work_as(admin_client, editor)
    for send in (admin_client.get, admin_client.post):
        answer = send(address)
        assert answer.status_code == 403
        assert "Это может только сам человек" in answer.content.decode()


def test_profile_is_seen_and_not_changed_and_no_consent_is_withdrawn(admin_client, person):
    consent = privacy.give_consent(ConsentPurpose.ACCOUNT, user=person, address=None, basis="регистрация")
    work_as(admin_client, person)
    assert admin_client.get("/accounts/").status_code == 200
    assert admin_client.post("/accounts/", {"last_name": "Другая", "first_name": "Имя"}).status_code == 403
    assert admin_client.post(f"/accounts/consents/{consent.pk}/withdraw/").status_code == 403
    consent.refresh_from_db()
    assert consent.withdrawn_at is None
    person.refresh_from_db()
    assert person.last_name == "Тестова"


def test_verbs_of_consents_refuse_in_another_name(person):
    consent = privacy.give_consent(ConsentPurpose.ACCOUNT, user=person, address=None, basis="регистрация")
    acting.switch(True)
    try:
        with pytest.raises(PermissionDenied):
            privacy.give_consent(ConsentPurpose.ACCOUNT, user=person, address=None, basis="регистрация")
        with pytest.raises(PermissionDenied):
            privacy.withdraw_consent(consent)
    finally:
        acting.switch(False)
    assert Consent.objects.filter(withdrawn_at=None).count() == 1


def test_second_step_of_the_administrator_counts(admin_client, admin_user, editor, settings):
    settings.MFA_REQUIRED = True
    assert work_as(admin_client, editor).url == "/accounts/2fa/totp/activate/"
    assert who(admin_client) == admin_user.email
    totp.TOTP.activate(admin_user, totp.generate_totp_secret())
    work_as(admin_client, editor)
    assert admin_client.get("/admin/").status_code == 200


def test_after_an_hour_nobody_is_signed_in(admin_client, person):
    work_as(admin_client, person)
    (period,) = ActingPeriod.objects.all()
    with time_machine.travel(timezone.now() + dt.timedelta(hours=1, minutes=5)):
        assert period.over_at == period.ends_by
        assert admin_client.get("/accounts/").status_code == 302
        assert who(admin_client) is None
    period.refresh_from_db()
    assert period.ended_at == period.ends_by


@pytest.mark.parametrize("change", [{"is_superuser": False}, {"is_active": False}])
def test_administrator_who_lost_the_right_is_out_at_once(admin_client, admin_user, person, change):
    work_as(admin_client, person)
    User.objects.filter(pk=admin_user.pk).update(**change)
    assert admin_client.get("/accounts/").status_code == 302
    assert who(admin_client) is None
    assert ActingPeriod.objects.get().ended_at is not None


@pytest.mark.parametrize("change", [{"is_superuser": True}, {"is_active": False}])
def test_person_who_rose_or_was_closed_is_left_at_once(admin_client, person, change):
    work_as(admin_client, person)
    User.objects.filter(pk=person.pk).update(**change)
    assert admin_client.get("/accounts/").status_code == 302


def test_signing_out_ends_the_work(admin_client, person):
    work_as(admin_client, person)
    admin_client.post("/accounts/logout/")
    assert who(admin_client) is None
    assert ActingPeriod.objects.get().ended_at is not None


def test_return_without_work_in_another_name_is_refused(admin_client):
    assert admin_client.post("/accounts/return/").status_code == 403


def test_journal_is_read_by_administrators_alone(admin_client, other, editor, person):
    work_as(admin_client, person)
    admin_client.post("/accounts/return/")
    journal = "/admin/snippets/accounts/actingperiod/"
    page = admin_client.get(journal).content.decode()
    assert "Тестова" in page
    assert "127.0.0.1" in page
    assert admin_client.get(f"{journal}add/").status_code != 200
    other.force_login(editor, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert other.get(journal).status_code != 200
