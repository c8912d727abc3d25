"""First screen and reports: each person sees what is theirs to do, at the same cost for few and many."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, ReferenceIndex

from portal.core import awaiting
from portal.desk.domain import reports, trash, waiting
from portal.home.models import FeedbackMessage
from portal.news.models import NewsIndexPage, NewsPage
from portal.setup.groups import BANK_EDITORS, NEWS_EDITORS
from portal.vocabularies.models import Tag
from tests.factories.news import NewsPageFactory
from tests.factories.people import make_account
from tests.factories.siblings import free_page

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def section():
    return NewsIndexPage.objects.get()


@pytest.fixture
def editor():
    return make_account("news@example.org", groups=[NEWS_EDITORS], first_name="Анна")


def draft(section, user, **values):
    page = section.add_child(instance=NewsPage(live=False, **values))
    page.save_revision(user=user)
    return page


def lines(user):
    return {task.title: task.count for task in awaiting.tasks_of(user)}


def test_first_screen_counts_what_waits_for_this_person(section, editor, admin_user):
    other = make_account("other@example.org", groups=[NEWS_EDITORS])
    draft(section, editor, title="Мой черновик")
    draft(section, other, title="Чужой черновик")
    sent = draft(section, other, title="Ждёт согласования")
    sent.get_workflow().start(sent, other)
    back = draft(section, editor, title="Вернули мне")
    back.get_workflow().start(back, editor)
    back.current_workflow_task_state.reject(user=admin_user, comment="Уточните")
    later = draft(section, editor, title="По времени", go_live_at=timezone.now() + dt.timedelta(hours=2))
    later.save_revision(user=editor).publish()
    FeedbackMessage.objects.create(email="a@example.org", subject="Вопрос", text="Текст", send_token="t")
    found = lines(editor)
    assert found["Страницы на согласовании"] == 1
    assert found["Вернули вам на доработку"] == 1
    assert found["Ваши черновики"] == 1
    assert found["Назначено по времени"] == 1
    assert found["Обращения без ответа"] == 1
    assert list(waiting.drafts(editor)) == [Page.objects.get(title="Мой черновик")]
    assert "Ваши черновики" in lines(make_account("bank@example.org", groups=[BANK_EDITORS]))


def test_lines_lead_to_lists_of_exactly_those_pages(client, section, editor):
    draft(section, editor, title="Мой черновик")
    draft(section, make_account("other@example.org", groups=[NEWS_EDITORS]), title="Чужой черновик")
    client.force_login(editor)
    home = client.get("/admin/").content.decode()
    assert "Здравствуйте, Анна!" in home
    for task in awaiting.tasks_of(editor):
        assert client.get(task.url).status_code == 200, task
    words = client.get(reverse("desk_drafts")).content.decode()
    assert "Мой черновик" in words
    assert "Чужой черновик" not in words


def test_stock_summary_is_gone(client, editor):
    client.force_login(editor)
    assert "summary-item" not in client.get("/admin/").content.decode()


def test_pages_long_not_published_are_stale(section, editor):
    old = NewsPageFactory(parent=section, title="Старая")
    NewsPageFactory(parent=section, title="Свежая", last_published_at=timezone.now())
    Page.objects.filter(pk=old.pk).update(last_published_at=timezone.now() - dt.timedelta(days=400))
    assert list(waiting.stale(editor)) == [Page.objects.get(pk=old.pk)]


def test_pages_without_topic_are_named_in_the_own_section_alone(section, editor):
    bare = NewsPageFactory(parent=section, title="Без темы")
    tagged = NewsPageFactory(parent=section, title="С темой")
    tagged.tags.add(Tag.objects.first())
    tagged.save()
    NewsPageFactory(parent=section, title="Черновик без темы", live=False)
    assert list(reports.without_topic(editor)) == [Page.objects.get(pk=bare.pk)]
    assert list(reports.without_topic(make_account("bank@example.org", groups=[BANK_EDITORS]))) == []


def test_pictures_without_words_are_named_with_their_place(section, editor):
    picture = {"image": 1, "alt": "", "decorative": False, "caption": ""}
    body = [
        {"type": "picture", "value": picture},
        {"type": "picture", "value": {**picture, "decorative": True}},
        {"type": "gallery", "value": {"title": "", "pictures": [{"type": "item", "value": picture}] * 2}},
    ]
    page = NewsPageFactory(parent=section, title="Со снимками")
    page.body = body
    page.save(clean=False)
    found = reports.missing_alt(reports.writable(editor))
    assert [(one.title, one.problem) for one in found] == [("Со снимками", "изображений без описания: 3")]


def test_links_to_unpublished_deleted_and_missing_pages_are_named(section, editor, home, admin_user):
    hidden = free_page(home, "Скрытая", slug="skrytaya", live=False)
    gone = free_page(home, "Удалённая", slug="udalyonnaya")
    good = free_page(home, "Хорошая", slug="horoshaya")
    text = "".join(f'<p><a linktype="page" id="{page.pk}">сюда</a></p>' for page in (hidden, gone, good))
    text += '<p><a href="/net-takoy/">а</a> <a href="/horoshaya/">б</a> <a href="/practices/?q=x">в</a></p>'
    text += '<p><a href="https://example.com/x/">г</a> <a href="mailto:a@example.org">д</a></p>'
    page = NewsPageFactory(parent=section, title="Со ссылками")
    page.body = [("text", text)]
    page.save(clean=False)
    ReferenceIndex.create_or_update_for_object(page)
    trash.delete_forever(trash.throw_away(gone, user=admin_user), user=admin_user)
    found = [(one.problem, one.target) for one in reports.broken_links(reports.writable(editor))]
    assert sorted(found) == sorted(
        [
            ("страница не опубликована", "Скрытая"),
            ("страница удалена", f"страница № {gone.pk}"),
            ("по этому адресу ничего нет", "/net-takoy/"),
        ]
    )


@pytest.mark.parametrize("name", ["report_missing_alt", "report_broken_links"])
def test_findings_are_filtered_by_kind_and_section(name, client, section, home, admin_client):
    bad = '<p><a href="/net-takoy/">а</a></p>'
    body = [
        {"type": "picture", "value": {"image": 1, "alt": "", "decorative": False, "caption": ""}},
        {"type": "text", "value": bad},
    ]
    shelf = free_page(home, "Полка")
    for page in (NewsPageFactory(parent=section, title="В новостях"), free_page(shelf, "На полке")):
        page.body = body
        page.save(clean=False)

    def found(**chosen):
        html = admin_client.get(reverse(f"{name}_results"), chosen).content.decode()
        return {title for title in ("В новостях", "На полке") if title in html}

    kind = ContentType.objects.get_for_model(NewsPage).pk
    assert found() == {"В новостях", "На полке"}
    assert found(content_type=kind) == {"В новостях"}
    assert found(section=shelf.pk) == {"На полке"}
    assert found(section=shelf.pk, content_type=kind) == set()
    export = admin_client.get(reverse(name), {"section": shelf.pk, "export": "csv"})
    assert "В новостях" not in b"".join(export.streaming_content).decode()


@pytest.mark.parametrize("name", ["report_without_topic", "report_missing_alt", "report_broken_links", "report_scans"])
def test_report_opens_is_exported_and_costs_the_same_with_few_and_many(name, client, section, editor):
    client.force_login(editor)

    def cost():
        with CaptureQueriesContext(connection) as caught:
            assert client.get(reverse(name)).status_code == 200
        return len(caught)

    NewsPageFactory(parent=section)
    cost()
    few = cost()
    for _number in range(8):
        NewsPageFactory(parent=section)
    assert cost() == few
    for kind in ("csv", "xlsx"):
        assert client.get(reverse(name), {"export": kind}).status_code == 200


def test_first_screen_costs_the_same_with_few_and_many(client, section, editor):
    client.force_login(editor)

    def cost():
        with CaptureQueriesContext(connection) as caught:
            client.get("/admin/")
        return len(caught)

    draft(section, editor, title="Первый")
    cost()
    few = cost()
    for number in range(3):  # Wagtail's own list of recent edits shows five
        draft(section, editor, title=f"Черновик {number}")
    assert cost() <= few + 1


def test_teacher_opens_no_report(client):
    client.force_login(make_account("teacher@example.org"))
    for name in ("report_without_topic", "report_broken_links", "desk_drafts", "trash"):
        assert client.get(reverse(name)).status_code == 404
