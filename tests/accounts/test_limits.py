"""Guessing is slow, waiting is short, the owner of an account always gets in from elsewhere."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.utils import timezone

from portal.accounts import limits
from portal.core.models import LimitHit
from tests.accounts.conftest import PASSWORD

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def guess(sign_in, email, times, **extra):
    for number in range(times):
        sign_in(email, f"мимо-{number}", **extra)


def test_after_ten_wrong_passwords_even_the_right_one_waits(client, person, sign_in):
    guess(sign_in, person.email, limits.WRONG_PASSWORDS)
    cache.clear()  # counted in rows
    answer = sign_in(person.email)
    assert answer.status_code == 200
    assert "Подождите 15 минут" in answer.content.decode()
    assert f'value="{person.email}"' in answer.content.decode()
    with time_machine.travel(timezone.now() + timedelta(minutes=15, seconds=1)):
        assert sign_in(person.email).url == "/cabinet/"


def test_owner_enters_from_another_address_meanwhile(person, sign_in):
    guess(sign_in, person.email, 30, REMOTE_ADDR="10.0.0.1")
    assert sign_in(person.email, REMOTE_ADDR="10.0.0.2").url == "/cabinet/"


def test_right_passwords_are_not_counted(client, person, sign_in):
    for _time in range(limits.WRONG_PASSWORDS + 2):
        assert sign_in(person.email).url == "/cabinet/"
        client.logout()
    assert not LimitHit.objects.filter(action="wrong-password").exists()


def test_new_password_by_letter_ends_the_wait(client, person, sign_in, read_letter):
    guess(sign_in, person.email, limits.WRONG_PASSWORDS)
    client.post("/accounts/password/reset/", {"email": person.email})
    form = client.get(read_letter(person.email)[1]).url
    client.post(form, {"password1": "новая-фраза-про-лес", "password2": "новая-фраза-про-лес"})
    assert sign_in(person.email, "новая-фраза-про-лес").url == "/cabinet/"


def test_address_that_tries_many_accounts_gets_a_page_that_keeps_what_was_typed(client, sign_in):
    rate = limits.POSTS["account_login"]
    for number in range(rate.limit):
        sign_in(f"somebody{number}@example.org", "пароль-наугад")
    answer = client.post("/accounts/login/", {"login": "me@example.org", "password": "секретный-пароль"})
    page = answer.content.decode()
    assert answer.status_code == 429
    assert "no-store" in answer["Cache-Control"]
    assert answer.headers["Retry-After"] == str(rate.per_seconds)
    assert 'value="me@example.org"' in page
    assert "секретный-пароль" not in page
    assert sign_in("me@example.org", REMOTE_ADDR="10.0.0.2").status_code == 200


def test_every_form_of_accounts_is_limited(client):
    from django.urls import NoReverseMatch, get_resolver, reverse

    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert set(limits.POSTS) <= names
    for name in ("account_login", "account_signup", "account_reset_password", "mfa_authenticate", "account_email"):
        assert name in limits.POSTS
        try:
            reverse(name)
        except NoReverseMatch:  # pragma: no cover
            pytest.fail(name)


def test_codes_of_the_second_step_are_counted_by_account_from_any_address(client, person, sign_in):
    totp.TOTP.activate(person, totp.generate_totp_secret())
    for number in range(limits.WRONG_CODES):
        address = {"REMOTE_ADDR": f"10.0.0.{number + 1}"}
        sign_in(person.email, PASSWORD, **address)
        client.post("/accounts/2fa/authenticate/", {"code": "000000"}, **address)
    page = client.post("/accounts/2fa/authenticate/", {"code": "000000"}, REMOTE_ADDR="10.9.9.9").content.decode()
    assert "Слишком много" in page
