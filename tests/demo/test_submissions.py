"""Demonstration submissions: the cabinet and the desk have something in every status, and nothing of it stays behind."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.core.models import Consent, Letter
from portal.demo.accounts import load_accounts
from portal.demo.ledger import Ledger
from portal.demo.organisations import load_organisations
from portal.demo.people import load_people
from portal.demo.submissions import load_submissions, remove_submissions
from portal.intake.models import NumberSeries
from practices.domain import desk
from practices.models import PracticeSubmission, SubmissionRecord

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def submissions(db, media):
    ledger = Ledger()
    said = [
        *load_accounts(ledger),
        *load_organisations(ledger),
        *load_people(ledger),
        *load_submissions(ledger),
        *load_submissions(ledger),
    ]
    assert said == []
    return {one.status: one for one in PracticeSubmission.objects.select_related("page", "shown_revision")}


def test_there_is_one_in_every_status_on_the_way(submissions):
    assert {
        "draft", "head_confirmation", "formal_check", "revision", "accepted", "author_approval", "rejected", "withdrawn",
    } <= set(submissions)  # fmt: skip
    assert PracticeSubmission.objects.count() == 9
    assert PracticeSubmission.objects.filter(is_demo=False).count() == 0
    assert not Letter.objects.exists()


def test_days_are_told_from_today_and_one_is_late(submissions):
    assert desk.overdue(PracticeSubmission.objects.all()).count() == 1
    assert submissions["revision"].due_at > timezone.now()
    assert submissions["revision"].remarks.exclude(answer="").count() == 1
    assert submissions["author_approval"].shown_revision is not None


def test_real_numbers_are_not_spent(submissions):
    numbers = PracticeSubmission.objects.exclude(number=None).values_list("number", flat=True)
    assert all(number.startswith("ДЕМО-") for number in numbers)
    assert not NumberSeries.objects.filter(series="ПР").exists()


def test_every_page_of_the_desk_and_of_the_cabinet_opens(client, submissions):
    from portal.accounts.models import User

    for who, name in (("moderator", "practice_desk_submission"), ("author", "practice_submission")):
        client.force_login(User.objects.get(email=f"{who}@example.org"))
        for one in PracticeSubmission.objects.all():
            seen = one.sent_at is not None if who == "moderator" else one.created_by.email != "author2@example.org"
            answer = client.get(reverse(name, args=[one.public_id]))
            assert answer.status_code == (200 if seen else 404), (who, one.status)


def test_removal_leaves_nothing(submissions):
    list(remove_submissions())
    assert not PracticeSubmission.objects.exists()
    assert not SubmissionRecord.objects.exists()
    assert not NumberSeries.objects.exists()
    assert not Consent.objects.exists()
