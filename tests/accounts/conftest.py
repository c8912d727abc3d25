"""People and letters of accounts."""

from __future__ import annotations

import re

import pytest
from django.core import mail

from portal.core import letters
from tests.factories.people import make_account

PASSWORD = "уточка-у-пруда-7"


@pytest.fixture
def person(db):
    """A teacher with a confirmed mailbox."""
    return make_account("teacher@example.org", PASSWORD, last_name="Тестова", first_name="Проба")


@pytest.fixture
def signup_data(db):
    return {
        "last_name": "Тестова",
        "first_name": "Проба",
        "patronymic": "Примеровна",
        "email": "New@Example.org",
        "password1": PASSWORD,
        "consent": "on",
        "consent_version": "1",
    }


@pytest.fixture
def read_letter():
    """Deliver the outbox and return the newest letter to the address with its link's path."""

    def read(to):
        letters.deliver_due_letters()
        message = [message for message in mail.outbox if message.to == [to]][-1]
        links = re.findall(r"^http://testserver(\S+)$", message.body, re.MULTILINE)
        assert len(links) == 1, "one link on a line of its own"
        return message, links[0]

    return read


@pytest.fixture
def sign_in(client):
    def login(email, password=PASSWORD, **extra):
        return client.post("/accounts/login/", {"login": email, "password": password}, **extra)

    return login
