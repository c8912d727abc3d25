"""What the office does beside moving a submission: who leads it, the checklist, terms, the thread."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from portal.core.models import Letter, Notice
from portal.intake.models import IntakeWindow
from practices.domain.errors import TransitionError
from practices.domain.office import assign_moderator, extend_intake, extend_term, save_checklist, write_message
from practices.domain.transitions import perform
from practices.models import PracticeSubmission
from tests.factories.submissions import make_submission

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
OUTSIDE = ("author", "head", "other", "mouo", "editor", "stranger", "disabled")


@pytest.fixture
def submitted(people):
    due = timezone.now() + timedelta(days=1)
    return make_submission(people.ours, people.author, status="formal_check", due_at=due)


def later(days=10):
    return timezone.now() + timedelta(days=days)


@pytest.mark.parametrize("name", OUTSIDE)
def test_only_the_office_leads_checks_and_extends(people, submitted, name):
    user = getattr(people, name)
    for verb in (
        lambda: assign_moderator(submitted, actor=user, moderator=people.moderator),
        lambda: save_checklist(submitted, actor=user, values={"complete": True}),
        lambda: extend_term(submitted, actor=user, until=later(), reason="Отпуск"),
        lambda: write_message(submitted, actor=user, text="Заметка", internal=True),
    ):
        with pytest.raises(PermissionDenied):
            verb()
    fresh = PracticeSubmission.objects.get(pk=submitted.pk)
    assert (fresh.moderator, fresh.checklist, fresh.due_at) == (None, {}, submitted.due_at)
    assert not fresh.messages.exists()


def test_letters_of_the_office_go_to_who_leads(people, submitted):
    assign_moderator(submitted, actor=people.moderator, moderator=people.moderator2)
    assert Letter.objects.get(kind="practice_assigned").to == people.moderator2.email
    fresh = PracticeSubmission.objects.get(pk=submitted.pk)
    perform(fresh, "withdraw", actor=people.author, comment="Передумали")
    told = Notice.objects.filter(kind="practice_withdrawn").values_list("user", flat=True)
    assert set(told) == {people.head.pk, people.moderator2.pk}
    assert fresh.records.get(action="assign").details == {"was": None, "now": people.moderator2.pk}


def test_a_moderator_of_the_own_organisation_does_not_lead(people, submitted):
    people.moderator2.memberships.create(organisation=people.ours)
    with pytest.raises(TransitionError, match="не состоит"):
        assign_moderator(submitted, actor=people.moderator, moderator=people.moderator2)


def test_the_checklist_keeps_known_lines_as_yes_no_or_not_looked_at_and_their_history(people, submitted):
    values = {"complete": True, "rights": False, "files": "yes", "made_up": True}
    kept = save_checklist(submitted, actor=people.moderator, values=values).checklist
    assert (kept["complete"], kept["rights"], kept["files"]) == (True, False, None)
    assert "made_up" not in kept
    assert submitted.records.get(action="checklist").details["complete"] == [None, True]
    save_checklist(submitted, actor=people.moderator, values={"complete": True})
    assert submitted.records.filter(action="checklist").count() == 1


@pytest.mark.parametrize(("days", "reason"), [(10, "  "), (0, "Отпуск"), (-5, "Отпуск")])
def test_a_term_is_moved_later_with_a_reason_or_not_at_all(people, submitted, days, reason):
    with pytest.raises(TransitionError):
        extend_term(submitted, actor=people.moderator, until=later(days), reason=reason)
    assert PracticeSubmission.objects.get(pk=submitted.pk).due_at == submitted.due_at


def test_the_intake_opens_longer_for_one_organisation_without_the_office_reading_its_draft(people):
    now = timezone.now()
    window = IntakeWindow.objects.create(
        procedure="practices", title="Весна", opens_at=now - timedelta(days=9), closes_at=now - timedelta(days=1)
    )
    draft = make_submission(people.ours, people.author)
    with pytest.raises(PermissionDenied):
        extend_intake(draft, window, actor=people.head, until=later(), reason="Отключали свет")
    with pytest.raises(TransitionError, match="почему"):
        extend_intake(draft, window, actor=people.moderator, until=later(), reason=" ")
    extend_intake(draft, window, actor=people.moderator, until=later(), reason="Отключали свет")
    assert draft.records.get(action="extend_intake").comment == "Отключали свет"
    assert Letter.objects.filter(kind="practice_extended", to=people.author.email).exists()


def test_a_thread_begins_when_the_office_has_the_submission(people):
    draft = make_submission(people.ours, people.author)
    for user in (people.author, people.moderator):
        with pytest.raises(PermissionDenied):
            write_message(draft, actor=user, text="Здравствуйте")


def test_an_empty_message_is_refused_and_an_internal_note_tells_nobody(people, submitted):
    with pytest.raises(TransitionError, match="пустое"):
        write_message(submitted, actor=people.author, text=" \u200b ")
    write_message(submitted, actor=people.moderator, text="Похожа на прошлогоднюю", internal=True)
    assert not Letter.objects.exists()
