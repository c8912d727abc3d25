"""«Отправить автору»: the author sees what the editor changed, agrees to it or says what is wrong."""

from __future__ import annotations

import pytest
from django.urls import reverse

from portal.core.models import Letter
from practices.domain import agreed_text, publication, updating
from practices.domain.errors import TransitionError
from practices.domain.transitions import perform
from practices.enums import SubmissionStatus
from tests.factories.practices import PracticePageFactory
from tests.practices.publication.conftest import by_editor

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def text_address(way):
    return reverse("practice_text", args=[way.submission.public_id])


def test_the_author_sees_the_difference_by_field_and_agrees(client, people, way):
    way.make()
    way.edit(goal="Новая цель редактора.")
    way.send()
    client.force_login(people.author)
    html = client.get(text_address(way)).content.decode()
    assert "[добавлено:" in html
    assert [row.field for row in publication.shown_differences(way.submission)] == ["goal"]
    token = way.submission.send_token
    answer = client.post(text_address(way), {"action": "agree", "token": token})
    assert answer.status_code == 302
    assert way.submission.agreed_revision_id == way.submission.shown_revision_id
    assert client.post(text_address(way), {"action": "agree", "token": token}).status_code == 302  # F5 changes nothing
    assert way.submission.records.filter(action="agree").count() == 1


def test_an_unchanged_text_says_so(client, people, way):
    way.make()
    way.send()
    client.force_login(people.author)
    assert "Редактор ничего не менял" in client.get(text_address(way)).content.decode()


def test_an_objection_needs_words_and_returns_the_page_to_the_editor(client, people, way):
    way.make()
    way.send()
    client.force_login(people.author)
    token = way.submission.send_token
    refused = client.post(text_address(way), {"action": "object", "words": " ", "token": token})
    assert refused.status_code == 409
    assert way.submission.status == SubmissionStatus.AUTHOR_APPROVAL
    client.post(text_address(way), {"action": "object", "words": "Дети здесь старше.", "token": token})
    assert way.submission.status == SubmissionStatus.ACCEPTED
    assert way.submission.records.filter(action="object").get().comment == "Дети здесь старше."
    assert Letter.objects.filter(kind="practice_text_objected", to=people.editor.email).exists()


def test_strangers_find_nothing_and_those_who_look_on_cannot_answer(client, people, way):
    way.make()
    way.send()
    for who in (people.stranger, people.other, people.mouo2):
        client.force_login(who)
        assert client.get(text_address(way)).status_code == 404
    client.force_login(people.editor)
    assert client.post(text_address(way), {"action": "agree"}).status_code == 403
    assert way.submission.agreed_revision_id is None


def test_a_text_edited_after_the_agreement_is_sent_again(client, people, way, committed):
    with committed():
        way.agreed()
    way.edit(goal="Правка после согласия.")
    client.force_login(people.editor)
    said = client.get(reverse("practice_way", args=[way.page.pk])).content.decode()
    assert "После согласия автора изменено: цель" in said
    way.send()
    assert way.submission.agreed_revision_id is None
    way.agree()
    assert way.publish().goal == "Правка после согласия."


def test_a_change_of_a_published_text_goes_by_the_same_way(client, people, way, committed):
    client.force_login(people.admin)
    with committed():
        page = way.published()
        refused = by_editor(client, page, goal="Исправленная цель.").content.decode()
    assert "После согласия автора изменено: цель" in refused
    client.force_login(people.editor)
    with committed():
        client.post(reverse("practice_way", args=[page.pk]), {"act": "send_text"})
    change = page.updating_submissions.get()
    assert [row.field for row in publication.shown_differences(change)] == ["goal"]
    perform(change, "agree", actor=people.head)
    with committed():
        client.post(reverse("practice_way", args=[page.pk]), {"act": "publish"})
    assert way.page.goal == "Исправленная цель."
    change.refresh_from_db()
    assert change.status == SubmissionStatus.PUBLISHED
    assert change.number != way.submission.number


def test_the_screen_of_the_way_says_what_is_missing_and_publishes_when_nothing_is(client, people, way, committed):
    way.make()
    way.send()
    client.force_login(people.editor)
    address = reverse("practice_way", args=[way.page.pk])
    refused = client.post(address, {"act": "publish"}).content.decode()
    assert "Автор ещё не согласовал текст" in refused
    way.agree()
    with committed():
        answer = client.post(address, {"act": "publish"}, follow=True).content.decode()
    assert "Опубликовано" in answer
    assert way.page.live
    client.force_login(people.news_editor)
    assert client.get(address).status_code == 404


def test_the_procedure_alone_does_not_say_published_while_the_page_is_not(people, way):
    way.agreed()
    with pytest.raises(TransitionError, match="Опубликуйте страницу"):
        perform(way.submission, "publish", actor=people.editor)


def test_everybody_gets_the_letter_with_the_address_and_the_badge(client, people, way, committed):
    with committed():
        page = way.published()
    letters = Letter.objects.filter(kind="practice_published")
    assert {people.author.email, people.head.email} <= set(letters.values_list("to", flat=True))
    body = letters.get(to=people.head.email).body
    assert f"/practices/{page.slug}/" in body
    assert f"/practices/{page.slug}/badge.svg" in body
    badge = client.get(f"/practices/{page.slug}/badge.svg")
    assert badge.headers["Content-Type"] == "image/svg+xml"
    assert badge.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    client.force_login(people.author)
    assert "badge.svg" in client.get(reverse("practice_submission", args=[way.submission.public_id])).content.decode()


def test_a_practice_that_came_from_no_submission_has_nobody_to_ask(people, bank):
    page = PracticePageFactory(parent=bank)
    with pytest.raises(TransitionError, match="не из заявки"):
        updating.send_correction(page, actor=people.editor)


def test_a_row_reads_the_same_whatever_order_the_database_keeps_its_cells_in(accepted):
    words = agreed_text.text_of(accepted)["steps"]
    rows = list(accepted.steps.raw_data)
    accepted.steps = [(row["type"], dict(reversed(list(row["value"].items())))) for row in rows]
    accepted.save()
    assert agreed_text.text_of(type(accepted).objects.get(pk=accepted.pk))["steps"] == words
