"""A page goes to agreement and back with words; everybody concerned gets one letter."""

from __future__ import annotations

import json

import pytest
from django.core import mail
from django.urls import reverse
from wagtail.models import TaskState, WorkflowState

from portal.core.models import Letter
from portal.desk.domain.agreement import words_of_return
from portal.news.models import NewsIndexPage, NewsPage
from portal.setup.groups import BANK_EDITORS, EDITORS, MODERATORS, NEWS_EDITORS
from tests.desk.test_conflicts import opened
from tests.factories.people import make_account

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def people():
    groups = {
        "author": NEWS_EDITORS,
        "chief": EDITORS,
        "news": NEWS_EDITORS,
        "bank": BANK_EDITORS,
        "office": MODERATORS,
    }
    made = {
        name: make_account(f"{name}@example.org", groups=[group], first_name="Анна", last_name=name.title())
        for name, group in groups.items()
    }
    return {**made, "root": make_account("root@example.org", is_superuser=True)}


@pytest.fixture
def news(people):
    page = NewsIndexPage.objects.get().add_child(
        instance=NewsPage(title="Открыт приём", summary="Заявки до марта.", live=False, owner=people["author"])
    )
    page.save_revision(user=people["author"])
    page.get_workflow().start(page, people["author"])
    return NewsPage.objects.get(pk=page.pk)


def decide(client, page, person, action, words):
    client.force_login(person)
    state = page.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])
    return client.post(address, {"comment": words})


def letters(kind):
    return {letter.to: letter for letter in Letter.objects.filter(kind=kind)}


def test_those_who_publish_the_section_are_asked_and_nobody_else(news):
    assert set(letters("page_submitted")) == {"chief@example.org", "news@example.org"}
    body = letters("page_submitted")["chief@example.org"].body
    assert "Открыт приём" in body
    assert f"/admin/pages/{news.pk}/edit/" in body


def test_words_of_the_return_are_in_the_letter_and_above_the_form(client, news, people):
    decide(client, news, people["chief"], "reject", "Уточните дату")
    sent = letters("page_returned")
    assert set(sent) == {"author@example.org"}
    assert "Уточните дату" in sent["author@example.org"].body
    client.force_login(people["author"])
    page = client.get(reverse("wagtailadmin_pages:edit", args=[news.pk])).content.decode()
    assert "Возвращено на доработку" in page
    assert "Уточните дату" in page


def test_words_of_the_approval_are_in_the_letter_and_the_page_is_out(client, news, people):
    decide(client, news, people["news"], "approve", "Хорошо, добавим снимок")
    sent = letters("page_approved")
    assert set(sent) == {"author@example.org"}
    assert "Хорошо, добавим снимок" in sent["author@example.org"].body
    assert NewsPage.objects.get(pk=news.pk).live


def test_each_letter_is_one_and_goes_through_the_outbox_alone(client, news, people):
    decide(client, news, people["chief"], "reject", "Уточните дату")
    state = WorkflowState.objects.get()
    state.resume(people["author"])
    assert Letter.objects.filter(kind="page_submitted").count() == 4
    decide(client, NewsPage.objects.get(pk=news.pk), people["chief"], "approve", "")
    assert Letter.objects.filter(kind="page_returned").count() == 1
    assert Letter.objects.filter(kind="page_approved").count() == 1
    assert "Замечаний нет." in Letter.objects.get(kind="page_approved").body
    assert mail.outbox == []


@pytest.mark.parametrize("name", ["author", "bank", "office"])
def test_own_page_and_a_foreign_section_are_not_decided_on(client, news, people, name):
    decide(client, news, people[name], "approve", "")
    page = NewsPage.objects.get(pk=news.pk)
    assert not page.live
    assert page.current_workflow_state is not None


def test_what_waits_for_a_person_is_what_the_person_decides_on(news, people):
    waiting = {name: TaskState.objects.reviewable_by(person).count() for name, person in people.items()}
    assert waiting == {"author": 0, "chief": 1, "news": 1, "bank": 0, "office": 0, "root": 1}


def test_words_are_gone_when_the_page_is_sent_again(client, news, people):
    decide(client, news, people["chief"], "reject", "Уточните дату")
    assert words_of_return(NewsPage.objects.get(pk=news.pk)) is not None
    WorkflowState.objects.get().resume(people["author"])
    assert words_of_return(NewsPage.objects.get(pk=news.pk)) is None


def test_title_with_a_line_break_makes_no_header(news, people):
    assert all("\n" not in letter.subject for letter in Letter.objects.all())
    assert (
        json.dumps([letter.subject for letter in Letter.objects.all()], ensure_ascii=False).count("Открыт приём") == 2
    )


def send(client, page, words):
    """Press «Отправить на согласование» in the editor, as it is drawn, with words to those who agree."""
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return client.post(address, {**opened(client, page), "action-submit": "1", "words_for_reviewers": words})


def test_words_of_the_author_are_in_the_letter_and_above_the_form(client, people):
    page = NewsIndexPage.objects.get().add_child(
        instance=NewsPage(title="Открыт приём", summary="Заявки до марта.", live=False, owner=people["author"])
    )
    page.save_revision(user=people["author"])
    client.force_login(people["author"])
    assert send(client, page, "Проверьте дату").status_code == 302
    assert "Проверьте дату" in letters("page_submitted")["chief@example.org"].body
    decide(client, NewsPage.objects.get(pk=page.pk), people["chief"], "reject", "Дата верна, нет темы")
    Letter.objects.all().delete()
    client.force_login(people["author"])
    assert send(client, page, "Тема стоит").status_code == 302
    assert "Тема стоит" in letters("page_submitted")["news@example.org"].body
    for name, shown in (("chief", True), ("author", False)):
        client.force_login(people[name])
        html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
        assert ("просит согласовать: «Тема стоит»" in html) is shown


def test_page_sent_without_words_says_so(news):
    assert "Пояснений нет." in letters("page_submitted")["chief@example.org"].body
