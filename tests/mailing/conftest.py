"""People with a bell, and kinds of letters to tell them of."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from portal.core import letter_kinds
from tests.factories.people import make_account

COURSE, TERMS = "Ход проверочной заявки", "Проверочные напоминания"


@pytest.fixture
def kinds(monkeypatch):
    """Kinds of two groups that a person may leave, and one that comes always."""
    monkeypatch.setattr(letter_kinds, "_kinds", dict(letter_kinds._kinds))
    for name, group, necessary in (
        ("test_step", COURSE, False),
        ("test_due", TERMS, False),
        ("test_term", COURSE, True),
    ):
        letter_kinds.register_kind(
            letter_kinds.LetterKind(
                name,
                f"Проверка {name}",
                "Тема {what}",
                "Текст {what} {due} {left}\n\n{link}\n",
                {"what": "что", "link": "ссылка", "due": "срок", "left": "осталось"},
                {"what": "практика", "link": "https://example.org/", "due": "30 мая", "left": "завтра"},
                group=group,
                necessary=necessary,
            )
        )


@pytest.fixture
def person(db):
    return make_account("teacher@example.org", last_name="Тестова", first_name="Проба")


@pytest.fixture
def come():
    """Return a browser in which the person has signed in."""

    def signed_in(user):
        client = Client()
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
        return client

    return signed_in
