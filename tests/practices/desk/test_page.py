"""The office's page of one submission: who opens it, what it shows, what is done from it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from practices.domain.checklist import FORMAL_CHECK
from practices.domain.office import write_message
from practices.domain.transitions import perform
from practices.models import PracticeSubmission
from tests.factories.submissions import make_submission

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def address(submission, name="practice_desk_submission"):
    return reverse(name, args=[submission.public_id])


def read(client, user, submission, **query):
    client.force_login(user)
    return client.get(address(submission), query)


def press(client, user, submission, act, **values):
    """Press a button of the page as it stands now, with the fields typed."""
    client.force_login(user)
    own = {f"{act}-{name}": value for name, value in values.items()}
    return client.post(address(submission), {"action": act, **own}, follow=True)


def fresh(submission):
    return PracticeSubmission.objects.get(pk=submission.pk)


ANSWERS = {
    "moderator": 200, "admin": 200, "editor": 200, "news_editor": 404, "mouo": 404, "author": 404, "head": 404,
    "stranger": 404, "disabled": 302,
}  # fmt: skip


@pytest.mark.parametrize(("who", "status"), ANSWERS.items())
def test_the_page_exists_for_the_office_and_editors(client, people, sent, who, status):
    assert read(client, getattr(people, who), sent).status_code == status


@pytest.mark.parametrize("who", ["moderator", "admin", "editor"])
def test_a_draft_does_not_exist_for_the_desk(client, people, who):
    draft = make_submission(people.ours, people.author)
    assert read(client, getattr(people, who), draft).status_code == 404
    assert press(client, getattr(people, who), draft, "note", text="Вижу").status_code == 404


@pytest.mark.parametrize("who", ["editor", "author", "mouo", "stranger", "news_editor"])
@pytest.mark.parametrize("act", ["checklist", "assign", "extend", "message", "note", "reject", "pass_check"])
def test_nobody_but_the_office_decides(client, people, checked, who, act):
    client.force_login(getattr(people, who))
    data = {"action": act, f"{act}-text": "Слова", f"{act}-comment": "Слова", f"{act}-token": checked.send_token}
    assert client.post(address(checked), data).status_code in {302, 403, 404}
    after = fresh(checked)
    assert (after.status, after.moderator, after.due_at) == ("formal_check", None, checked.due_at)
    assert not after.messages.exists()


def test_the_page_tells_everything(client, people, sent):
    body = read(client, people.moderator, sent).content.decode()
    for words in ("Формальная проверка", "Ведёт: —", "Файлов нет", "Огород на подоконнике", "Проверка пройдена"):
        assert words in body
    for line in FORMAL_CHECK.values():
        assert line[1:] in body


def test_contacts_are_shown_on_demand_to_the_office_and_written_down(client, people, sent):
    assert "contact@example.org" not in read(client, people.moderator, sent).content.decode()
    assert not ModelLogEntry.objects.filter(action="practices.contacts").exists()
    assert "contact@example.org" in read(client, people.moderator, sent, contacts="1").content.decode()
    assert ModelLogEntry.objects.get(action="practices.contacts").user == people.moderator
    assert "contact@example.org" not in read(client, people.editor, sent, contacts="1").content.decode()
    assert ModelLogEntry.objects.filter(action="practices.contacts").count() == 1


def test_marks_are_saved_line_by_line_and_do_not_undo_a_colleague(client, people, sent):
    shown = {f"initial-checklist-{line}": "" for line in FORMAL_CHECK}
    for user, line, mark in ((people.moderator, "complete", "yes"), (people.moderator2, "files", "no")):
        client.force_login(user)
        client.post(address(sent), {"action": "checklist", **shown, f"checklist-{line}": mark})
    kept = fresh(sent).checklist
    assert (kept["complete"], kept["files"], kept["rights"]) == (True, False, None)


def test_a_check_that_is_not_whole_is_not_passed(client, people, sent):
    body = read(client, people.moderator, sent).content.decode()
    assert "пока нельзя" in body
    answer = press(client, people.moderator, sent, "pass_check", token=sent.send_token)
    assert answer.status_code == 409
    assert "Не отмечено в формальной проверке" in answer.content.decode()
    assert fresh(sent).status == "formal_check"


def test_a_whole_check_is_passed(client, people, checked):
    answer = press(client, people.moderator, checked, "pass_check", token=checked.send_token)
    assert "Практика принята." in answer.content.decode()
    assert fresh(checked).status == "accepted"


def test_the_second_of_two_moderators_gets_a_sentence(client, people, checked):
    token = checked.send_token
    press(client, people.moderator, checked, "reject", token=token, comment="Это отчёт.")
    answer = press(client, people.moderator2, checked, "pass_check", token=token)
    assert answer.status_code == 409
    assert "сейчас сделать нельзя" in answer.content.decode()
    assert fresh(checked).status == "rejected"


def test_a_refusal_needs_words_and_keeps_what_was_typed(client, people, checked):
    answer = press(client, people.moderator, checked, "reject", token=checked.send_token, comment="")
    assert answer.status_code == 422
    assert fresh(checked).status == "formal_check"


def test_the_lead_is_handed_on_and_a_late_choice_gets_a_sentence(client, people, sent):
    press(client, people.moderator, sent, "assign", moderator=people.moderator.pk, seen="")
    assert fresh(sent).moderator == people.moderator
    answer = press(client, people.moderator2, sent, "assign", moderator=people.moderator2.pk, seen="")
    assert answer.status_code == 409
    assert "ведущего сменили" in answer.content.decode()
    assert fresh(sent).moderator == people.moderator


def test_a_moderator_of_the_organisation_is_not_offered_and_cannot_decide(client, people, checked):
    people.moderator.memberships.create(organisation=people.ours, role="author")
    body = read(client, people.moderator, checked).content.decode()
    assert "решение примет другой модератор" in body
    press(client, people.moderator, checked, "pass_check", token=checked.send_token)
    assert fresh(checked).status == "formal_check"
    answer = press(client, people.moderator2, checked, "assign", moderator=people.moderator.pk, seen="")
    assert answer.status_code == 422


def test_a_term_is_extended_with_a_reason(client, people, sent):
    day = timezone.localdate() + timedelta(days=50)
    press(client, people.moderator, sent, "extend", day=f"{day:%d.%m.%Y}", reason="Болезнь")
    assert timezone.localdate(fresh(sent).due_at) == day
    earlier = timezone.localdate() + timedelta(days=1)
    answer = press(client, people.moderator, sent, "extend", day=f"{earlier:%d.%m.%Y}", reason="Ошибка")
    assert "Новый срок должен быть позже" in answer.content.decode()


def test_notes_stand_apart_and_are_the_offices_alone(client, people, sent):
    press(client, people.moderator, sent, "note", text="Позвонить в сад")
    press(client, people.moderator, sent, "message", text="Уточните возраст")
    body = read(client, people.moderator2, sent).content.decode()
    assert body.index("Уточните возраст") < body.index("Служебные заметки") < body.index("Позвонить в сад")
    assert "Позвонить в сад" not in read(client, people.editor, sent).content.decode()
    client.force_login(people.author)
    cabinet = client.get(reverse("practice_submission", args=[sent.public_id])).content.decode()
    assert "Уточните возраст" in cabinet
    assert "Позвонить в сад" not in cabinet


def returned(client, user, submission, *remarks, token=None, **extra):
    client.force_login(user)
    data = {"form-TOTAL_FORMS": len(remarks), "form-INITIAL_FORMS": 0, "token": token or submission.send_token, **extra}
    for number, (field, text) in enumerate(remarks):
        data |= {f"form-{number}-field": field, f"form-{number}-text": text}
    return client.post(address(submission, "practice_desk_return"), data, follow=True)


def test_remarks_go_to_fields_and_open_them_alone(client, people, sent):
    returned(client, people.moderator, sent, ("goal", "Не видно цели"), ("problem", "Уточните"), ("", ""))
    after = fresh(sent)
    assert after.status == "revision"
    assert set(after.remarks.values_list("field", "text")) == {("goal", "Не видно цели"), ("problem", "Уточните")}
    assert {"goal", "problem"} <= set(after.open_fields)
    assert "title" not in after.open_fields


def test_words_without_a_field_are_asked_about_and_the_whole_is_said_outright(client, people, sent):
    answer = returned(client, people.moderator, sent, ("", "Перепишите"))
    assert "Выберите, о чём замечание." in answer.content.decode()
    assert fresh(sent).status == "formal_check"
    returned(client, people.moderator, sent, ("whole", "Перепишите"))
    assert (fresh(sent).status, fresh(sent).open_fields) == ("revision", [])


def test_one_more_remark_keeps_what_was_typed(client, people, sent):
    answer = returned(client, people.moderator, sent, ("goal", "Не видно цели"), comment="Хорошая работа", more="1")
    body = answer.content.decode()
    assert "Не видно цели" in body
    assert "Хорошая работа" in body
    assert "form-1-text" in body
    assert fresh(sent).status == "formal_check"


def test_a_return_without_a_remark_or_from_an_old_page_is_refused_in_words(client, people, sent):
    assert "хотя бы одно замечание" in returned(client, people.moderator, sent, ("goal", "")).content.decode()
    stale = returned(client, people.moderator, sent, ("goal", "Цель"), token="old")
    assert "открыта давно" in stale.content.decode()
    assert fresh(sent).status == "formal_check"


@pytest.mark.parametrize("who", ["editor", "author", "stranger"])
def test_nobody_but_the_office_returns(client, people, sent, who):
    client.force_login(getattr(people, who))
    assert client.get(address(sent, "practice_desk_return")).status_code in {302, 403, 404}


def test_the_page_costs_the_same_with_many_messages(client, people, sent, django_assert_max_num_queries):
    client.force_login(people.moderator)
    client.get(address(sent))
    for number in range(30):
        write_message(sent, actor=people.moderator, text=f"Слово {number}", internal=number % 2 == 0)
    with django_assert_max_num_queries(28):
        client.get(address(sent))


def test_an_editor_makes_the_page_from_the_desk(client, people, checked, bank):
    perform(checked, "pass_check", actor=people.moderator)
    body = read(client, people.editor, checked).content.decode()
    assert "Создать страницу" in body
    client.post(reverse("practice_make_page", args=[checked.public_id]))
    assert "Путь практики" in read(client, people.editor, checked).content.decode()


def test_markup_in_a_submission_is_shown_as_text(client, people, sent):
    sent.title = "<script>alert(1)</script>"
    sent.goal = "<img src=x onerror=alert(2)>"
    sent.save()
    body = read(client, people.moderator, sent).content.decode()
    assert "<script>alert(1)" not in body
    assert "<img src=x" not in body
