"""What the portal says and does by itself as terms come and go."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.core.models import Letter, Notice
from portal.intake.models import IntakeWindow
from practices.domain import reminding
from practices.domain.transitions import perform
from practices.models import PracticeSubmission
from tests.factories.submissions import make_submission

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def soon(**fields):
    return {"due_at": timezone.now() + timedelta(days=2), **fields}


def reminded(people, days=7):
    names = {user.pk: name for name, user in vars(people).items() if hasattr(user, "is_active")}
    found = reminding.due_soon(timezone.now() + timedelta(days=days))
    return sorted((names[one.user.pk], one.kind) for one in found)


def aged(submission, **ago):
    PracticeSubmission.objects.filter(pk=submission.pk).update(changed_at=timezone.now() - timedelta(**ago))


@pytest.mark.parametrize(
    ("status", "whom"),
    [
        ("head_confirmation", [("head", "practice_due_head")]),
        ("revision", [("author", "practice_due_revision"), ("head", "practice_due_revision")]),
        ("author_approval", [("author", "practice_due_text"), ("head", "practice_due_text")]),
        ("formal_check", [("moderator", "practice_due_check"), ("moderator2", "practice_due_check")]),
        ("accepted", [("editor", "practice_due_page")]),
        ("published", []),
    ],
)
def test_whose_turn_it_is_is_reminded(people, status, whom):
    make_submission(people.ours, people.author, status=status, **soon())
    assert reminded(people) == whom


def test_a_moderator_who_leads_it_is_reminded_alone(people):
    make_submission(people.ours, people.author, status="formal_check", moderator=people.moderator2, **soon())
    assert reminded(people) == [("moderator2", "practice_due_check")]


def test_owners_of_unfinished_drafts_are_told_that_the_intake_closes_and_the_office_is_not(people):
    now = timezone.now()
    IntakeWindow.objects.create(
        procedure="practices", title="Весна", opens_at=now - timedelta(days=9), closes_at=now + timedelta(days=2)
    )
    make_submission(people.ours, people.author)
    assert reminded(people) == [("author", "practice_due_draft")]


@pytest.mark.parametrize("count", [3, 30])
def test_a_table_of_terms_is_read_in_a_few_queries(people, django_assert_max_num_queries, count):
    for status in ("revision", "formal_check", "accepted"):
        for _ in range(count):
            make_submission(people.ours, people.author, status=status, **soon())
    with django_assert_max_num_queries(9):
        assert len(list(reminding.due_soon(timezone.now() + timedelta(days=7)))) == count * 5


def test_a_quiet_draft_is_mentioned_once_for_each_silence(people):
    draft = make_submission(people.ours, people.author)
    assert reminding.mention_quiet_drafts() == 0
    aged(draft, days=22)
    reminding.mention_quiet_drafts()
    reminding.mention_quiet_drafts()
    assert Notice.objects.filter(kind="practice_draft_waits").count() == 1
    aged(draft, days=25)
    reminding.mention_quiet_drafts()
    assert Notice.objects.filter(kind="practice_draft_waits").count() == 2


def test_a_year_without_a_move_ends_in_the_archive_a_month_after_a_letter(people, time_machine):
    draft = make_submission(people.ours, people.author)
    aged(draft, days=366)
    assert reminding.archive_forgotten_drafts() == 0  # nobody has been told yet
    reminding.warn_of_archive()
    assert Letter.objects.filter(kind="practice_draft_goes", to=people.author.email).count() == 1
    assert reminding.archive_forgotten_drafts() == 0
    time_machine.move_to(timezone.now() + timedelta(days=31))
    assert reminding.archive_forgotten_drafts() == 1
    fresh = PracticeSubmission.objects.get(pk=draft.pk)
    assert (fresh.status, fresh.records.get(action="archive").actor) == ("archived", None)
    assert perform(fresh, "restore", actor=people.author).status == "draft"


def test_the_office_hears_once_that_a_term_is_over(people):
    make_submission(
        people.ours,
        people.author,
        status="revision",
        due_at=timezone.now() - timedelta(days=1),
        moderator=people.moderator,
    )
    reminding.tell_of_overdue()
    reminding.tell_of_overdue()
    assert Letter.objects.filter(kind="practice_overdue").count() == 1
    assert Letter.objects.get(kind="practice_overdue").to == people.moderator.email
