"""The road of a submission, step by step, by the one verb."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from portal.core.models import Letter, Notice
from portal.intake.models import IntakeWindow, NumberSeries
from practices.domain.checklist import FORMAL_CHECK
from practices.domain.errors import TransitionError
from practices.domain.office import extend_term, save_checklist
from practices.domain.procedure import TABLE
from practices.domain.revision import answer_remark, changes_since_last
from practices.domain.transitions import available_actions, perform
from practices.form_spec import PRACTICE_FORM
from practices.models import PracticeSubmission

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
HERE = ZoneInfo("Europe/Volgograd")


def letters_to(user):
    return sorted(Letter.objects.filter(to=user.email).values_list("kind", flat=True))


def told(user):
    return sorted(Notice.objects.filter(user=user).values_list("kind", flat=True))


def sent(draft, people):
    """The draft as the office has it."""
    return perform(draft, "send", actor=people.head)


def returned(draft, people, *fields):
    remarks = [{"field": name, "text": f"Уточните {name}"} for name in fields]
    return perform(sent(draft, people), "return_for_revision", actor=people.moderator, remarks=remarks)


def checked(submission, people):
    return save_checklist(submission, actor=people.moderator, values=dict.fromkeys(FORMAL_CHECK, True))


def test_an_author_sends_to_the_head_and_nothing_has_a_number_yet(draft, people):
    waiting = perform(draft, "send", actor=people.author)
    assert (waiting.status, waiting.number, waiting.sent_at) == ("head_confirmation", None, None)
    assert told(people.head) == ["practice_confirm"]
    assert told(people.moderator) == told(people.author) == []
    assert not NumberSeries.objects.filter(last__gt=0).exists()


def test_the_head_confirms_with_one_click_and_the_submission_gets_its_number(draft, people):
    sent = perform(perform(draft, "send", actor=people.author), "confirm", actor=people.head)
    year = timezone.localdate().year
    assert (sent.status, sent.number) == ("formal_check", f"ПР-{year}-001")
    assert sent.sent_by == people.author
    assert letters_to(people.author) == ["practice_receipt"]
    assert letters_to(people.head) == ["practice_confirm", "practice_receipt"]
    assert told(people.moderator) == ["practice_arrived"]
    assert told(people.mouo) == ["practice_arrived"]
    assert told(people.mouo2) == told(people.other) == told(people.stranger) == []
    assert [snapshot.reason for snapshot in sent.snapshots.all()] == ["sent"]
    assert sent.snapshots.get().answers["title"] == draft.title


def test_a_head_who_sends_needs_no_confirmation(draft, people):
    assert sent(draft, people).status == "formal_check"
    assert letters_to(people.head) == ["practice_receipt"]


def test_the_head_returns_with_words_and_the_author_sends_again(draft, people):
    waiting = perform(draft, "send", actor=people.author)
    with pytest.raises(TransitionError, match="Нужны слова"):
        perform(waiting, "return_to_draft", actor=people.head, comment="  ")
    back = perform(waiting, "return_to_draft", actor=people.head, comment="Уточните число детей")
    assert (back.status, back.is_editable) == ("draft", True)
    assert "Уточните число детей" in Letter.objects.get(to=people.author.email).body
    assert perform(back, "send", actor=people.author).status == "head_confirmation"


def test_what_is_missing_keeps_it_from_being_sent_and_is_named(draft, people):
    PracticeSubmission.objects.filter(pk=draft.pk).update(goal="", problem="")
    with pytest.raises(TransitionError, match="Заполнено не всё: «Проблема и актуальность», «Цель»"):
        perform(draft, "send", actor=people.head)


def test_a_withdrawn_consent_to_processing_keeps_it_from_being_sent(draft, people):
    draft.consent.withdrawn_at = timezone.now()
    draft.consent.save()
    with pytest.raises(TransitionError, match="Согласие на обработку"):
        perform(draft, "send", actor=people.head)


def test_without_a_head_on_the_portal_the_author_is_told_whom_to_invite(draft, people):
    people.head.memberships.update(ended_at=timezone.now())
    with pytest.raises(TransitionError, match="руководител"):
        perform(draft, "send", actor=people.author)


def test_a_closed_window_keeps_a_draft_and_not_a_revision_nor_an_update(draft, people):
    revision = returned(draft, people, "goal")
    now = timezone.now()
    IntakeWindow.objects.create(
        procedure="practices", title="Весна", opens_at=now - timedelta(days=9), closes_at=now - timedelta(days=2)
    )
    other = PracticeSubmission.objects.get(pk=draft.pk)
    other.pk, other.public_id, other.number, other.status, other.sent_at = None, "0123456789abcdef", None, "draft", None
    other.save()
    with pytest.raises(TransitionError, match="Приём закрыт"):
        perform(other, "send", actor=people.head)
    answer_remark(revision, revision.remarks.get().pk, actor=people.author, answer="fixed")
    assert perform(revision, "resend", actor=people.author).status == "formal_check"


def test_a_number_given_back_by_a_failed_sending_is_given_to_the_next(draft, people, monkeypatch):
    def fail(*args, **kwargs):
        raise OSError("power cut")

    with monkeypatch.context() as broken:
        broken.setattr("practices.domain.telling.tell_notes", fail)
        with pytest.raises(OSError, match="power cut"):
            perform(draft, "send", actor=people.head)
    untouched = PracticeSubmission.objects.get(pk=draft.pk)
    assert (untouched.status, untouched.number) == ("draft", None)
    assert not untouched.snapshots.exists()
    assert not Letter.objects.exists()
    assert sent(draft, people).number.endswith("-001")


def test_a_token_pressed_twice_sends_once_and_an_old_one_is_refused(draft, people):
    token = draft.send_token
    first = perform(draft, "send", actor=people.head, token=token)
    again = perform(draft, "send", actor=people.head, token=token)
    assert (first.number, again.number) == (again.number, first.number)
    assert first.records.filter(action="send").count() == 1
    assert Letter.objects.filter(kind="practice_receipt", to=people.head.email).count() == 1
    with pytest.raises(TransitionError, match="сейчас сделать нельзя"):
        perform(draft, "send", actor=people.head, token="made-up")


def test_a_page_opened_before_the_draft_came_back_is_refused_in_words(draft, people):
    old = draft.send_token
    waiting = perform(draft, "send", actor=people.author, token=old)
    back = perform(waiting, "return_to_draft", actor=people.head, comment="Уточните", token=waiting.send_token)
    assert back.send_token not in {old, waiting.send_token}
    with pytest.raises(TransitionError, match="открыта давно"):
        perform(back, "send", actor=people.author, token=waiting.send_token)


def test_the_check_is_passed_only_when_every_line_is_ticked(draft, people):
    submission = sent(draft, people)
    with pytest.raises(TransitionError, match="Не отмечено"):
        perform(submission, "pass_check", actor=people.moderator)
    accepted = perform(checked(submission, people), "pass_check", actor=people.moderator)
    assert accepted.status == "accepted"
    assert "practice_accepted" in told(people.author)
    assert told(people.editor) == ["practice_to_edit"]
    assert told(people.news_editor) == []


def test_nobody_decides_on_the_practice_of_the_own_organisation(draft, people):
    people.moderator.memberships.create(organisation=people.ours)
    submission = sent(draft, people)
    for action in ("pass_check", "reject", "return_for_revision"):
        with pytest.raises(PermissionDenied):
            perform(submission, action, actor=people.moderator, comment="Отказ", remarks=[{"text": "Нет"}])


def test_a_return_names_fields_and_opens_only_them_and_what_they_depend_on(draft, people):
    submission = returned(draft, people, "goal", "consent_spread")
    assert submission.status == "revision"
    assert "goal" in submission.open_fields
    assert {"consent_spread", "author_names"} <= set(submission.open_fields)
    assert "problem" not in submission.open_fields
    letter = Letter.objects.get(kind="practice_revision", to=people.author.email)
    assert "Цель: Уточните goal" in letter.body
    days = (timezone.localdate(submission.due_at) - timezone.localdate()).days
    assert (days, timezone.localtime(submission.due_at).strftime("%H:%M:%S")) == (30, "23:59:59")


def test_a_remark_to_the_whole_opens_everything(draft, people):
    assert returned(draft, people, "", "goal").open_fields == []


@pytest.mark.parametrize("remarks", [[], [{"field": "goal", "text": "   "}], [{"field": "no_such", "text": "Так"}]])
def test_a_return_without_remarks_or_to_a_field_that_is_not_there_is_refused(draft, people, remarks):
    with pytest.raises(TransitionError):
        perform(sent(draft, people), "return_for_revision", actor=people.moderator, remarks=remarks)
    assert PracticeSubmission.objects.get(pk=draft.pk).status == "formal_check"


def test_it_is_sent_again_only_when_every_remark_is_answered(draft, people):
    submission = returned(draft, people, "goal", "problem")
    first, second = submission.remarks.all()
    answer_remark(submission, first.pk, actor=people.author, answer="fixed")
    with pytest.raises(TransitionError, match="Осталось ответить на 1 замечание"):
        perform(submission, "resend", actor=people.author)
    with pytest.raises(TransitionError, match="почему не согласны"):
        answer_remark(submission, second.pk, actor=people.author, answer="disagree", text=" ")
    answer_remark(submission, second.pk, actor=people.colleague, answer="disagree", text="Данные верны")
    again = perform(submission, "resend", actor=people.author)
    assert (again.status, again.open_fields, again.number) == ("formal_check", [], submission.number)
    assert "practice_resent" in told(people.moderator)
    assert [snapshot.reason for snapshot in again.snapshots.all()] == ["resent", "sent"]


def test_the_difference_is_shown_by_field_and_by_word(draft, people):
    submission = returned(draft, people, "goal")
    goal = "Дети замечают причины погоды и объясняют их взрослым словами и знаками азбуки"
    PracticeSubmission.objects.filter(pk=submission.pk).update(goal=goal)
    answer_remark(submission, submission.remarks.get().pk, actor=people.author, answer="fixed")
    again = perform(submission, "resend", actor=people.author)
    (change,) = changes_since_last(again)
    assert change.name == "goal"
    assert "".join(piece.text for piece in change.pieces if piece.kind != "gone") == goal
    old = "".join(piece.text for piece in change.pieces if piece.kind != "new")
    assert old == PRACTICE_FORM.answers(draft)["goal"]


def test_one_stage_returns_at_most_twice(draft, people):
    submission = sent(draft, people)
    for _round in range(2):
        submission = perform(
            submission, "return_for_revision", actor=people.moderator, remarks=[{"field": "goal", "text": "Уточните"}]
        )
        remark = submission.remarks.last()
        answer_remark(submission, remark.pk, actor=people.author, answer="fixed")
        submission = perform(submission, "resend", actor=people.author)
    assert [remark.round for remark in submission.remarks.all()] == [1, 2]
    with pytest.raises(TransitionError, match="больше нельзя"):
        perform(submission, "return_for_revision", actor=people.moderator, remarks=[{"text": "Ещё"}])


def test_an_answer_to_an_earlier_round_or_from_a_stranger_is_refused(draft, people):
    submission = returned(draft, people, "goal")
    remark = submission.remarks.get()
    for stranger in (people.other, people.moderator, people.stranger):
        with pytest.raises(PermissionDenied):
            answer_remark(submission, remark.pk, actor=stranger, answer="fixed")
    with pytest.raises(TransitionError, match="нет в текущем круге"):
        answer_remark(submission, remark.pk + 1000, actor=people.author, answer="fixed")


def test_past_its_term_a_revision_waits_for_the_moderator(draft, people):
    submission = returned(draft, people, "goal")
    answer_remark(submission, submission.remarks.get().pk, actor=people.author, answer="fixed")
    with pytest.raises(TransitionError, match="Срок ещё не вышел"):
        perform(submission, "close_overdue", actor=people.moderator, comment="Закрываем")
    PracticeSubmission.objects.filter(pk=submission.pk).update(due_at=timezone.now() - timedelta(minutes=3))
    with pytest.raises(TransitionError, match="Срок исправлений вышел"):
        perform(submission, "resend", actor=people.author)
    later = extend_term(
        submission, actor=people.moderator, until=timezone.now() + timedelta(days=5), reason="Отпуск автора"
    )
    assert later.records.get(action="extend").comment == "Отпуск автора"
    assert "practice_extended" in told(people.author)
    assert perform(submission, "resend", actor=people.author).status == "formal_check"


def test_past_its_term_the_moderator_may_close_it_with_words(draft, people):
    submission = returned(draft, people, "goal")
    PracticeSubmission.objects.filter(pk=submission.pk).update(due_at=timezone.now() - timedelta(days=1))
    closed = perform(submission, "close_overdue", actor=people.moderator, comment="Не дождались ответа")
    assert closed.status == "withdrawn"
    assert "Не дождались ответа" in Letter.objects.get(kind="practice_closed", to=people.author.email).body


def test_a_refusal_names_its_reason(draft, people):
    with pytest.raises(TransitionError, match="Нужны слова"):
        perform(sent(draft, people), "reject", actor=people.moderator)
    rejected = perform(draft, "reject", actor=people.moderator, comment="Это отчёт, а не практика")
    assert rejected.records.first().comment == "Это отчёт, а не практика"
    assert "Это отчёт, а не практика" in Letter.objects.get(kind="practice_rejected", to=people.author.email).body


def test_an_author_withdraws_with_a_reason_before_publication_only(draft, people):
    submission = sent(draft, people)
    withdrawn = perform(submission, "withdraw", actor=people.author, comment="Передумали")
    assert withdrawn.status == "withdrawn"
    assert "practice_withdrawn" in told(people.moderator)
    PracticeSubmission.objects.filter(pk=draft.pk).update(status="published")
    with pytest.raises(TransitionError, match="Опубликована"):
        perform(submission, "withdraw", actor=people.author, comment="Передумали")


def test_the_agreed_text_is_the_only_one_published(draft, people, media):
    from portal.core.publishing import PublicationRefused
    from tests.factories.practices import PracticePageFactory

    submission = perform(checked(sent(draft, people), people), "pass_check", actor=people.moderator)
    with pytest.raises(TransitionError, match="создайте страницу"):
        perform(submission, "send_text", actor=people.editor)
    page = PracticePageFactory(live=False)
    revision = page.save_revision()
    PracticeSubmission.objects.filter(pk=draft.pk).update(page=page)
    shown = perform(submission, "send_text", actor=people.editor, revision=revision)
    assert shown.status == "author_approval"
    with pytest.raises(TransitionError, match="не согласовал"):
        perform(submission, "publish", actor=people.editor)
    agreed = perform(submission, "agree", actor=people.author)
    assert (agreed.status, agreed.agreed_revision_id) == ("author_approval", revision.pk)
    assert not [offer for offer in available_actions(agreed, people.author) if offer.action == "agree"]
    page.goal = "Другая цель"
    with pytest.raises(PublicationRefused, match="цель"):
        page.save_revision().publish(user=people.editor)
    with pytest.raises(TransitionError, match="Опубликуйте страницу"):
        perform(submission, "publish", actor=people.editor)
    revision.publish(user=people.editor)
    assert PracticeSubmission.objects.get(pk=draft.pk).status == "published"
    assert "practice_published" in told(people.author)


def test_an_objection_takes_the_text_back_to_the_editor(draft, people, home):
    from tests.factories.practices import PracticePageFactory

    submission = perform(checked(sent(draft, people), people), "pass_check", actor=people.moderator)
    PracticeSubmission.objects.filter(pk=draft.pk).update(page=PracticePageFactory())
    perform(submission, "send_text", actor=people.editor, revision=home.save_revision())
    back = perform(submission, "object", actor=people.head, comment="Верните абзац о семье")
    assert (back.status, back.shown_revision, back.agreed_revision) == ("accepted", None, None)
    assert "practice_text_objected" in told(people.editor)


def test_the_office_has_three_working_days_from_friday_to_wednesday(draft, people, time_machine):
    time_machine.move_to(datetime(2027, 4, 9, 12, 0, tzinfo=HERE))
    assert sent(draft, people).due_at == datetime(2027, 4, 14, 23, 59, 59, tzinfo=HERE)


def test_every_move_is_written_with_who_from_where_and_to_where(draft, people):
    submission = perform(draft, "send", actor=people.author)
    perform(submission, "confirm", actor=people.head)
    lines = [(line.action, line.source, line.target, line.actor) for line in submission.records.order_by("pk")]
    assert lines == [
        ("send", "draft", "head_confirmation", people.author),
        ("confirm", "head_confirmation", "formal_check", people.head),
    ]


def test_letters_of_the_table_are_registered_kinds():
    from portal.core.letter_kinds import find

    assert [note.kind for row in TABLE for note in row.letters if find(note.kind) is None] == []
