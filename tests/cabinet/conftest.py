"""People who come to their cabinet."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from tests.factories.people import make_account

PASSWORD = "уточка-у-пруда-7"


@pytest.fixture
def person(db):
    """A teacher with a confirmed mailbox and nothing else."""
    return make_account("teacher@example.org", PASSWORD, last_name="Тестова", first_name="Проба")


@pytest.fixture
def come():
    """Return a browser in which the person has signed in."""

    def signed_in(user):
        client = Client()
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
        return client

    return signed_in
