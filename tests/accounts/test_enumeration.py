"""Nobody learns from the forms whose mailbox has an account."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client

from portal.core.models import Letter
from tests.accounts.conftest import PASSWORD

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def shape(answer, *mailboxes):
    """What a stranger sees of an answer, the typed mailbox aside."""
    body = answer.content.decode()
    for mailbox in mailboxes:
        body = body.replace(mailbox, "MAILBOX")
    import re

    body = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", body)
    return answer.status_code, answer.headers.get("Location"), sorted(answer.cookies), body


def ask(path, data):
    client = Client()
    hashes = 0
    encode = MD5PasswordHasher.encode

    def counted(self, *args, **kwargs):
        nonlocal hashes
        hashes += 1
        return encode(self, *args, **kwargs)

    before = Letter.objects.count()
    with patch.object(MD5PasswordHasher, "encode", counted):
        answer = client.post(path, data)
    queued = Letter.objects.count() - before
    seen = shape(answer, *[value for value in data.values() if "@" in value])
    followed = client.get(answer.url).content.decode() if answer.status_code == 302 else ""
    return seen, queued, hashes, followed


def test_sign_up_answers_the_same_for_a_known_and_an_unknown_mailbox(person, signup_data):
    known = ask("/accounts/signup/", {**signup_data, "email": person.email})
    unknown = ask("/accounts/signup/", {**signup_data, "email": "unknown@example.org"})
    assert known == unknown
    assert known[1] == 1
    assert known[2] == 1


def test_reset_answers_the_same_for_a_known_and_an_unknown_mailbox(person):
    known = ask("/accounts/password/reset/", {"email": person.email})
    unknown = ask("/accounts/password/reset/", {"email": "unknown@example.org"})
    assert known == unknown
    assert known[1] == 1


def test_sign_in_answers_the_same_for_a_wrong_password_and_an_unknown_mailbox(person):
    known = ask("/accounts/login/", {"login": person.email, "password": "не-тот-пароль"})
    unknown = ask("/accounts/login/", {"login": "unknown@example.org", "password": "не-тот-пароль"})
    assert known == unknown
    assert known[2] == 1


def test_owner_of_a_known_mailbox_is_told_by_letter_and_nothing_changes(client, person, signup_data):
    client.post("/accounts/signup/", {**signup_data, "email": person.email, "last_name": "Чужая"})
    person.refresh_from_db()
    assert person.last_name == "Тестова"
    assert person.check_password(PASSWORD)
    assert Letter.objects.get().kind == "account_exists"


def test_mailbox_is_not_flooded_and_the_answer_does_not_change(client, person):
    answers = {client.post("/accounts/password/reset/", {"email": person.email}).url for _time in range(8)}
    assert answers == {"/accounts/password/reset/done/"}
    assert Letter.objects.count() == 5
