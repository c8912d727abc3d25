"""A page is agreed on: submitted by who may not publish, answered by an editor, published by the agreement."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from portal.core.models import Letter
from portal.news.models import NewsIndexPage, NewsPage
from portal.setup.groups import EDITORS
from tests.factories.people import make_account

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
TITLE = "Согласуемая новость"


@pytest.fixture
def writers():
    """A group that writes news and may not publish them."""
    group = Group.objects.create(name="Пишущие")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in ("add_page", "change_page"):
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
        GroupPagePermission.objects.create(group=group, page=NewsIndexPage.objects.get(), permission=permission)
    return group


def sign_in(client, email, group):
    client.force_login(make_account(email, groups=[group], first_name="Проба"))


@pytest.fixture
def submitted(client, writers):
    """News that a writer has sent to agreement; the client is signed in as an editor."""
    sign_in(client, "writer@example.org", writers.name)
    client.post(f"/admin/pages/add/news/newspage/{NewsIndexPage.objects.get().pk}/", {**form(), "action-submit": "1"})
    sign_in(client, "editor@example.org", EDITORS)
    return NewsPage.objects.get(title=TITLE)


def form(**changes):
    fields = {"title": TITLE, "slug": "novost", "summary": "Кратко.", "date": "01.03.2022", "tags": ""}
    return nested_form_data({**fields, "body": streamfield([]), "evidence_links": inline_formset([]), **changes})


def answer(client, page, verb, **changes):
    action = {"action-workflow-action": "true", "workflow-action-name": verb}
    client.post(f"/admin/pages/{page.pk}/edit/", {**form(**changes), **action})
    page.refresh_from_db()


def test_agreed_page_is_published(client, submitted):
    assert not submitted.live
    answer(client, submitted, "approve")
    assert submitted.live
    assert submitted.current_workflow_state is None


def test_form_sent_as_it_was_shown_changes_nothing(client, submitted):
    before = submitted.revisions.count()
    answer(client, submitted, "approve")
    assert submitted.revisions.count() == before


def test_editor_mends_a_word_and_agrees_at_once(client, submitted):
    answer(client, submitted, "approve", summary="Кратко и точно.")
    assert (submitted.live, submitted.summary) == (True, "Кратко и точно.")


def test_returned_page_stays_a_draft(client, submitted):
    answer(client, submitted, "reject")
    assert not submitted.live
    assert submitted.current_workflow_state.status == "needs_changes"


def test_each_editor_is_told_once_by_the_outbox(settings, client, writers):
    """An administrator who is no editor is not told; no request waits for the mail server."""
    settings.EMAIL_BACKEND = "portal.core.outgoing.OutboxBackend"
    make_account("chief@example.org", is_superuser=True)
    for email in ("first@example.org", "second@example.org"):
        make_account(email, groups=[EDITORS])
    sign_in(client, "writer@example.org", writers.name)
    client.post(f"/admin/pages/add/news/newspage/{NewsIndexPage.objects.get().pk}/", {**form(), "action-submit": "1"})
    letters = list(Letter.objects.filter(body__contains=TITLE).order_by("to"))
    assert [letter.to for letter in letters] == ["first@example.org", "second@example.org"]
    assert letters[0].subject == f"На согласовании: {TITLE}"
    assert "/admin/pages/" in letters[0].body
