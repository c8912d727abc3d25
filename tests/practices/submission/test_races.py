"""Presses at the same instant: decided in the database, by real threads on PostgreSQL."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, connections

from portal.core.models import Letter
from practices.domain.errors import TransitionError
from practices.domain.office import save_checklist
from practices.domain.transitions import perform
from practices.models import PracticeSubmission
from tests.factories.whole import make_whole
from tests.practices.submission.conftest import make_people

pytestmark = [
    pytest.mark.integration,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite writes one after another"),
]
PRESSES = 50


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Begin every act at the same instant, each in a thread with its own connection; return results and errors."""
    start, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number: int, act: Callable[[], Any]) -> None:
        start.wait()
        try:
            results[number] = act()
        except (TransitionError, PermissionDenied) as error:
            results[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return results


def press(draft, action, actor, **details):
    return lambda: perform(draft, action, actor=actor, **details)


def test_fifty_who_send_at_once_get_fifty_numbers_without_gaps(media):
    people = make_people()
    drafts = [make_whole(people.ours, people.author) for _ in range(PRESSES)]
    sent = at_once(*(press(draft, "send", people.head, token=draft.send_token) for draft in drafts))
    assert [one for one in sent if isinstance(one, Exception)] == []
    numbers = sorted(PracticeSubmission.objects.values_list("number", flat=True))
    year = numbers[0].split("-")[1]
    assert numbers == [f"ПР-{year}-{number:03}" for number in range(1, PRESSES + 1)]
    assert Letter.objects.filter(kind="practice_receipt", to=people.head.email).count() == PRESSES


def test_one_token_pressed_ten_times_at_once_sends_once(media):
    people = make_people()
    draft = make_whole(people.ours, people.author)
    sent = at_once(*[press(draft, "send", people.head, token=draft.send_token)] * 10)
    assert len({one.number for one in sent}) == 1
    assert draft.records.filter(action="send").count() == 1
    assert Letter.objects.filter(kind="practice_receipt", to=people.author.email).count() == 1


def test_two_confirmations_at_once_give_one_number_and_the_second_is_told(media):
    people = make_people()
    waiting = perform(make_whole(people.ours, people.author), "send", actor=people.author)
    results = at_once(*[press(waiting, "confirm", people.head)] * 2)
    assert sorted(type(one).__name__ for one in results) == ["PracticeSubmission", "TransitionError"]
    assert waiting.records.filter(action="confirm").count() == 1
    assert PracticeSubmission.objects.get(pk=waiting.pk).number.endswith("-001")


def test_confirming_and_withdrawing_at_once_leave_one_story(media):
    people = make_people()
    waiting = perform(make_whole(people.ours, people.author), "send", actor=people.author)
    at_once(press(waiting, "confirm", people.head), press(waiting, "withdraw", people.author, comment="Передумали"))
    end = PracticeSubmission.objects.get(pk=waiting.pk)
    lines = [(line.source, line.target) for line in waiting.records.order_by("pk")]
    # Each line begins where the one before it ended: nothing was decided on what was no longer so.
    assert [target for _source, target in lines[:-1]] == [source for source, _target in lines[1:]]
    assert lines[-1][1] == end.status == "withdrawn"
    assert (end.number is None) == (("head_confirmation", "withdrawn") in lines)


def test_two_moderators_who_decide_at_once_decide_once(media):
    from practices.domain.checklist import FORMAL_CHECK

    people = make_people()
    sent = perform(make_whole(people.ours, people.author), "send", actor=people.head)
    save_checklist(sent, actor=people.moderator, values=dict.fromkeys(FORMAL_CHECK, True))
    results = at_once(
        press(sent, "pass_check", people.moderator), press(sent, "reject", people.moderator2, comment="Отчёт")
    )
    assert sorted(type(one).__name__ for one in results) == ["PracticeSubmission", "TransitionError"]
    won = next(one for one in results if isinstance(one, PracticeSubmission))
    assert PracticeSubmission.objects.get(pk=sent.pk).status == won.status
    assert sent.records.filter(action__in=["pass_check", "reject"]).count() == 1


def test_two_lines_of_the_checklist_ticked_at_once_are_both_kept(media):
    people = make_people()
    sent = perform(make_whole(people.ours, people.author), "send", actor=people.head)
    at_once(
        lambda: save_checklist(sent, actor=people.moderator, values={"complete": True}),
        lambda: save_checklist(sent, actor=people.moderator2, values={"rights": False}),
    )
    kept = PracticeSubmission.objects.get(pk=sent.pk).checklist
    assert (kept["complete"], kept["rights"]) == (True, False)


def test_a_text_saved_while_it_is_being_sent_is_either_in_what_was_sent_or_refused(media):
    """An autosave and a sending meet on the lock of the row: the snapshot is the text of the row at that moment."""
    from portal.intake.domain.saving import Change
    from practices.domain.answers import save_answers
    from practices.form_spec import PRACTICE_FORM

    people = make_people()
    draft = make_whole(people.ours, people.author)
    later = "Дети замечают причины погоды и объясняют их взрослым своими словами и знаками"
    change = Change(PRACTICE_FORM.by_name["goal"], later)
    saved, _sent = at_once(
        lambda: save_answers(draft, [change], actor=people.author, step="solution"), press(draft, "send", people.head)
    )
    kept = PracticeSubmission.objects.get(pk=draft.pk)
    assert kept.status == "formal_check"
    assert kept.snapshots.get(reason="sent").answers["goal"] == kept.goal
    assert isinstance(saved, PermissionDenied) != (kept.goal == later)
