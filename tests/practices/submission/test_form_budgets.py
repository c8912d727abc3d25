"""What a step of the form and its saving cost, few answers or many."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from practices.form_spec import PRACTICE_FORM
from tests.factories.organisations import OrganisationFactory
from tests.factories.submissions import make_member, make_submission
from tests.factories.whole import make_whole

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
STEP, AUTOSAVE = 8, 6


@pytest.fixture
def kindergarten(home):
    return OrganisationFactory()


@pytest.fixture
def author(kindergarten):
    return make_member(kindergarten, "author@example.org")


@pytest.fixture
def browser_of_author(author):
    client = Client()
    client.force_login(author, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def asked(act):
    """The statements that an act sent, without the marks of transactions."""
    with CaptureQueriesContext(connection) as found:
        act()
    marks = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")
    return [one["sql"] for one in found.captured_queries if not one["sql"].startswith(marks)]


@pytest.mark.parametrize("step", [step.key for step in PRACTICE_FORM.steps if step.fields])
@pytest.mark.parametrize("whole", [False, True], ids=["empty", "whole"])
def test_a_step_asks_no_more_than_eight_times(media, kindergarten, author, browser_of_author, step, whole):
    draft = make_whole(kindergarten, author) if whole else make_submission(kindergarten, author)
    address = reverse("practice_step", args=[draft.public_id, step])
    browser_of_author.get(address)  # dictionaries come into memory
    found = asked(lambda: browser_of_author.get(address))
    # The parts with verbs of their own add their reads: rows of files; consents of authors and their texts.
    assert len(found) <= STEP + {"files": 2, "authors": 3, "consents": 4}.get(step, 0), "\n".join(found)


@pytest.mark.parametrize("field", [("problem", "Проблема"), ("title", "Название")])
def test_an_autosave_asks_no_more_than_six_times(kindergarten, author, browser_of_author, field):
    draft = make_submission(kindergarten, author)
    name, value = field
    address = reverse("practice_step_save", args=[draft.public_id, PRACTICE_FORM.step_of(name).key])
    data = {"fields": [name], name: value, "page": "p", "seen": "{}"}
    browser_of_author.post(address, {**data, name: "Прежнее"}, headers={"accept": "application/json"})
    found = asked(lambda: browser_of_author.post(address, data, headers={"accept": "application/json"}))
    assert len(found) <= AUTOSAVE, "\n".join(found)


def test_a_sign_of_presence_asks_no_more_than_six_times(kindergarten, author, browser_of_author):
    draft = make_submission(kindergarten, author)
    address = reverse("practice_step_save", args=[draft.public_id, "about"])
    browser_of_author.get(address)
    found = asked(lambda: browser_of_author.get(address))
    assert len(found) <= AUTOSAVE, "\n".join(found)
