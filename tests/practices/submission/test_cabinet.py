"""The cabinet: the list, the page of a submission, and what is done there by buttons without scripts."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from portal.core.models import Letter
from practices.domain.office import write_message
from practices.domain.transitions import perform
from practices.models import PracticeSubmission
from tests.factories.organisations import OrganisationFactory
from tests.factories.submissions import make_submission

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def sign_in(client):
    def sign(user):
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
        return client

    return sign


def here(submission, tail=""):
    return reverse("practice_submission", args=[submission.public_id]) + tail


def text(response):
    return " ".join(response.content.decode().split())


def test_the_list_says_for_each_submission_where_it_is_and_what_is_next(people, sign_in):
    draft = make_submission(people.ours, people.author, title="Черновик о погоде", changed_step="results")
    make_submission(people.ours, people.author, title="Проверяемая", status="formal_check")
    make_submission(people.theirs, people.other, title="Чужая", status="formal_check")
    page = text(sign_in(people.author).get(reverse("practice_submissions")))
    at = timezone.localtime(draft.changed_at)
    assert f"Черновик, сохранён сегодня в {at:%H:%M}, шаг 3" in page
    assert "Редакция проверяет, всё ли на месте" in page
    assert "Чужая" not in page
    assert "Все 2" in page


def test_the_filter_of_the_list_shows_its_own_and_drops_what_it_does_not_know(people, sign_in):
    make_submission(people.ours, people.author, title="Мой черновик")
    make_submission(people.ours, people.author, title="Опубликованная", status="published")
    client = sign_in(people.author)
    published = text(client.get(reverse("practice_submissions"), {"show": "published"}))
    assert "Опубликованная" in published
    assert "Мой черновик" not in published
    assert "Мой черновик" in text(client.get(reverse("practice_submissions"), {"show": "x", "page": "y"}))


def test_a_municipality_sees_what_its_organisations_sent_and_no_drafts(people, sign_in):
    make_submission(people.ours, people.author, title="Черновик")
    make_submission(people.ours, people.author, title="Отправленная", status="formal_check")
    make_submission(people.theirs, people.other, title="Чужого района", status="formal_check")
    page = text(sign_in(people.mouo).get(reverse("practice_submissions")))
    assert "Отправленная" in page
    assert "Чужого района" not in page
    assert ">Черновик<" not in page


@pytest.mark.parametrize("count", [3, 300])
def test_the_list_costs_the_same_for_three_and_for_three_hundred(people, sign_in, django_assert_num_queries, count):
    author = people.author
    PracticeSubmission.objects.bulk_create(
        PracticeSubmission(
            organisation=people.ours, created_by=author, changed_by=author, title=f"Практика {n}", status="formal_check",
            sent_at=timezone.now(), number=f"ПР-2026-{n:03}",
        )
        for n in range(count)
    )  # fmt: skip
    client = sign_in(author)
    client.get(reverse("practice_submissions"))
    with django_assert_num_queries(6):  # session, person, standing by two, counts, rows
        response = client.get(reverse("practice_submissions"))
    assert response.status_code == 200


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_of_a_submission_costs_the_same_for_a_short_and_a_long_story(
    people, sign_in, django_assert_max_num_queries, count
):
    submission = make_submission(people.ours, people.author, status="revision", returned_from="formal_check")
    for _ in range(count):
        submission.remarks.create(round=1, field="goal", text="Уточните")
        submission.messages.create(text="Здравствуйте", written_by=people.moderator)
        submission.records.create(action="resend", source="revision", target="formal_check", actor=people.author)
    client = sign_in(people.author)
    client.get(here(submission))
    with django_assert_max_num_queries(20):
        assert client.get(here(submission)).status_code == 200


def test_a_draft_begins_at_once_where_there_is_one_organisation_and_asks_where_there_are_several(people, sign_in):
    client = sign_in(people.author)
    first = client.post(reverse("practice_submission_new"))
    draft = PracticeSubmission.objects.get()
    assert first.status_code == 302
    assert first["Location"] == here(draft, "about/")
    second = OrganisationFactory()
    people.author.memberships.create(organisation=second)
    assert second.short_name in text(client.get(reverse("practice_submission_new")))
    refused = client.post(reverse("practice_submission_new"), {"organisation": people.theirs.pk})
    assert refused.status_code == 200
    client.post(reverse("practice_submission_new"), {"organisation": second.pk})
    assert set(PracticeSubmission.objects.values_list("organisation", flat=True)) == {people.ours.pk, second.pk}


def test_sending_shows_the_receipt_and_so_do_a_second_press_and_a_reload(
    draft, people, sign_in, django_capture_on_commit_callbacks
):
    client = sign_in(people.head)
    data = {"token": draft.send_token}
    with django_capture_on_commit_callbacks(execute=True):
        first = client.post(here(draft, "do/send/"), data)
        second = client.post(here(draft, "do/send/"), data)
    assert first["Location"] == second["Location"] == here(draft, "receipt/")
    page = text(client.get(first["Location"]))
    number = PracticeSubmission.objects.get(pk=draft.pk).number
    assert f"Заявка {number} получена" in page
    assert Letter.objects.filter(kind="practice_receipt", to=people.head.email).count() == 1
    copy = client.get(here(draft, "receipt.pdf"))
    content = b"".join(copy.streaming_content)
    assert content.startswith(b"%PDF-")
    assert f"Заявка {number}.pdf" in unquote(copy["Content-Disposition"])


def test_the_letter_of_the_receipt_brings_its_pdf(draft, people, django_capture_on_commit_callbacks, mailoutbox):
    with django_capture_on_commit_callbacks(execute=True):
        perform(draft, "send", actor=people.head)
    receipts = [letter for letter in mailoutbox if "получена" in letter.subject]
    assert {letter.to[0] for letter in receipts} == {people.author.email, people.head.email}
    for letter in receipts:
        ((name, content, kind),) = letter.attachments
        assert (kind, content[:5]) == ("application/pdf", b"%PDF-")
        assert name.startswith("Заявка ПР-")


def test_the_copy_says_what_was_sent_whatever_the_draft_becomes(draft, people):
    from io import BytesIO

    from pypdf import PdfReader

    from practices.domain.receipts import receipt_content

    sent = perform(draft, "send", actor=people.head)
    PracticeSubmission.objects.filter(pk=sent.pk).update(title="Совсем другое название практики")
    _snapshot, content = receipt_content(sent.public_id)
    words = " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    assert "Дневник погоды на подоконнике" in " ".join(words.split())
    assert sent.number in words
    assert receipt_content(sent.public_id)[1] == content


def test_a_person_who_is_erased_goes_from_what_was_sent_and_from_its_copy(draft, people):
    from io import BytesIO

    from pypdf import PdfReader

    from portal.core.privacy import erase_person
    from practices.domain.receipts import receipt_content

    PracticeSubmission.objects.filter(pk=draft.pk).update(contact_name="Пробина Проба")
    sent = perform(PracticeSubmission.objects.get(pk=draft.pk), "send", actor=people.head)
    before, content = receipt_content(sent.public_id)
    assert before.copy
    assert "Пробина" in " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    erase_person(email="contact@example.org")
    after, content = receipt_content(sent.public_id)
    assert after.answers["contact_name"] == after.answers["contact_email"] == ""
    assert "Пробина" not in " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def test_what_is_lacking_is_said_beside_the_button(people, sign_in):
    empty = make_submission(people.ours, people.author)
    page = text(sign_in(people.author).get(here(empty)))
    assert "«Отправить руководителю» пока нельзя" in page
    assert "Заполнено не всё" in page


def test_the_head_confirms_by_one_button_and_returns_with_words(draft, people, sign_in):
    waiting = perform(draft, "send", actor=people.author)
    client = sign_in(people.head)
    assert "Подтвердить отправку" in text(client.get(here(draft)))
    blank = client.post(here(draft, "do/return_to_draft/"), {"token": waiting.send_token, "comment": " "})
    assert blank.status_code == 409
    client.post(here(draft, "do/return_to_draft/"), {"token": waiting.send_token, "comment": "Уточните число детей"})
    back = PracticeSubmission.objects.get(pk=draft.pk)
    assert back.status == "draft"
    assert "Уточните число детей" in text(sign_in(people.author).get(here(draft)))


def test_answers_are_kept_all_or_none_and_come_back_as_typed(draft, people, sign_in):
    sent = perform(draft, "send", actor=people.head)
    remarks = [{"field": "goal", "text": "Уточните цель"}, {"field": "problem", "text": "Нет данных"}]
    perform(sent, "return_for_revision", actor=people.moderator, remarks=remarks)
    first, second = sent.remarks.all()
    client = sign_in(people.author)
    page = text(client.get(here(draft)))
    assert "Уточните цель" in page
    assert "Осталось ответить на 2 замечания" in page
    half = {f"answer-{first.pk}": "fixed", f"answer-{second.pk}": "disagree", f"text-{second.pk}": ""}
    refused = client.post(here(draft, "remarks/"), half)
    assert refused.status_code == 409
    assert sent.remarks.filter(answer="").count() == 2
    client.post(here(draft, "remarks/"), {**half, f"text-{second.pk}": "Данные есть на шаге 3"})
    fresh = PracticeSubmission.objects.get(pk=draft.pk)
    sending = client.post(here(draft, "do/resend/"), {"token": fresh.send_token})
    assert "отправлена повторно" in text(client.get(sending["Location"]))
    assert "Данные есть на шаге 3" in text(client.get(here(draft)))


def test_words_between_the_office_and_the_author_reach_the_other_side_and_notes_stay_inside(draft, people, sign_in):
    sent = perform(draft, "send", actor=people.head)
    write_message(sent, actor=people.moderator, text="Позвоните нам")
    write_message(sent, actor=people.moderator, text="Похожа на прошлогоднюю", internal=True)
    assert Letter.objects.filter(kind="practice_message", to=people.author.email).count() == 1
    client = sign_in(people.author)
    page = text(client.get(here(draft)))
    assert "Позвоните нам" in page
    assert "редакция портала" in page
    assert people.moderator.email not in page
    assert "прошлогоднюю" not in page
    client.post(here(draft, "messages/"), {"text": "Звоним"})
    assert Letter.objects.filter(kind="practice_message", to=people.moderator.email).count() == 1
    assert "прошлогоднюю" in text(sign_in(people.moderator).get(here(draft)))


def test_the_history_is_in_plain_words_and_names_only_the_own_people(draft, people, sign_in):
    people.moderator.last_name = "Модераторова"
    people.moderator.save()
    sent = perform(draft, "send", actor=people.head)
    perform(sent, "reject", actor=people.moderator, comment="Это отчёт")
    page = text(sign_in(people.author).get(here(draft)))
    assert "Не принята" in page
    assert "Это отчёт" in page
    assert "редакция портала" in page
    assert "Модераторова" not in page
    municipality = text(sign_in(people.mouo).get(here(draft)))
    assert "Не принята" in municipality
    assert "Это отчёт" not in municipality
    assert "contact@example.org" not in municipality
    assert "versions/" not in municipality  # the address would refuse


def test_a_refused_practice_is_begun_anew_after_thirty_days_with_its_answers(draft, people, sign_in):
    sent = perform(draft, "send", actor=people.head)
    perform(sent, "reject", actor=people.moderator, comment="Мало данных")
    client = sign_in(people.author)
    early = client.post(here(draft, "again/"))
    assert early.status_code == 409
    PracticeSubmission.objects.filter(pk=draft.pk).update(status_since=timezone.now() - timedelta(days=31))
    client.post(here(draft, "again/"))
    new = PracticeSubmission.objects.exclude(pk=draft.pk).get()
    assert (new.status, new.number, new.goal) == ("draft", None, draft.goal)
    assert new.consent is None
    assert not new.rights
    assert sorted(new.terms.values_list("pk")) == sorted(draft.terms.values_list("pk"))


def test_a_draft_is_deleted_by_who_began_it_and_by_nobody_else(draft, people, sign_in):
    assert sign_in(people.colleague).post(here(draft, "delete/")).status_code == 403
    client = sign_in(people.author)
    assert "Удалить черновик?" in text(client.get(here(draft, "delete/")))
    assert PracticeSubmission.objects.filter(pk=draft.pk).exists()
    client.post(here(draft, "delete/"))
    assert not PracticeSubmission.objects.filter(pk=draft.pk).exists()


def test_my_tasks_name_what_waits_for_each(draft, people, sign_in):
    waiting = perform(draft, "send", actor=people.author)
    assert "Подтвердить отправку" in text(sign_in(people.head).get(reverse("cabinet")))
    assert "Подтвердить отправку" not in text(sign_in(people.author).get(reverse("cabinet")))
    perform(waiting, "confirm", actor=people.head)
    assert "Формальная проверка" in text(sign_in(people.moderator).get(reverse("cabinet")))
    remarks = [{"field": "goal", "text": "Уточните"}]
    perform(waiting, "return_for_revision", actor=people.moderator, remarks=remarks)
    assert "Ответить на 1 замечание" in text(sign_in(people.author).get(reverse("cabinet")))
    assert draft.title not in text(sign_in(people.other).get(reverse("cabinet")))


def test_markup_that_an_author_or_a_moderator_types_is_shown_as_text(draft, people, sign_in):
    attack = "<script>alert(1)</script>"
    PracticeSubmission.objects.filter(pk=draft.pk).update(title=f"{attack} наблюдения детей за погодой")
    sent = perform(draft, "send", actor=people.head)
    remarks = [{"field": "goal", "text": attack}]
    perform(sent, "return_for_revision", actor=people.moderator, remarks=remarks, comment=attack)
    PracticeSubmission.objects.filter(pk=draft.pk).update(goal=f"{attack} " + "наблюдение " * 10)
    write_message(sent, actor=people.moderator, text=attack)
    page = sign_in(people.author).get(here(draft)).content.decode()
    assert attack not in page
    assert "&lt;script&gt;" in page
