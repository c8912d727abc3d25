"""A sign-in about to end is told of, prolonged, and begun again without losing the page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from tests.cabinet.conftest import PASSWORD

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
ASK = "/cabinet/session/"


def leave(client, seconds):
    """Let the session of the client end in so many seconds."""
    Session.objects.filter(session_key=client.session.session_key).update(
        expire_date=timezone.now() + timedelta(seconds=seconds)
    )


def test_asking_tells_the_term_and_does_not_prolong_it(come, person):
    own = come(person)
    leave(own, 200)
    assert 190 < own.get(ASK).json()["seconds"] <= 200
    assert own.get(ASK).json()["seconds"] <= 200


def test_prolonging_begins_the_term_anew(come, person):
    own = come(person)
    leave(own, 200)
    assert own.post(ASK).json()["seconds"] == settings.SESSION_COOKIE_AGE
    assert own.get(ASK).json()["seconds"] > settings.SESSION_COOKIE_AGE - 60


def test_prolonging_asks_for_the_token_of_the_page(person):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    assert strict.post(ASK).status_code == 403
    token = strict.get(ASK).json()["csrf"]
    assert strict.post(ASK, headers={"X-CSRFToken": token}).status_code == 200


def test_ended_session_answers_401_with_the_way_in(client, db):
    for answer in (client.get(ASK), client.post(ASK)):
        assert answer.status_code == 401
        assert answer.json()["login"] == "/accounts/login/"
        assert "no-store" in answer.headers["Cache-Control"]


def test_page_tells_its_person_from_another(come, person, admin_user):
    assert come(person).get(ASK).json()["person"] != come(admin_user).get(ASK).json()["person"]
    assert come(person).get(ASK).json()["person"] in come(person).get("/cabinet/").content.decode()


def test_signing_in_by_the_script_answers_as_the_script_reads_it(client, person):
    scripted = {"X-Requested-With": "XMLHttpRequest", "Accept": "application/json"}
    wrong = client.post("/accounts/login/", {"login": person.email, "password": "не тот"}, headers=scripted)
    assert wrong.status_code == 400
    right = client.post("/accounts/login/", {"login": person.email, "password": PASSWORD}, headers=scripted)
    assert right.json()["location"] == "/cabinet/"
    assert client.get(ASK).status_code == 200
