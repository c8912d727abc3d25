"""The gate of publication: whatever way a page goes, it goes out as its author agreed to and with all consents."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.core import privacy, scheduling
from portal.core.awaiting import tasks_of
from portal.core.models import Letter
from portal.core.publishing import PublicationRefused
from portal.desk.domain import marking, refusals
from portal.organisations.models import Membership
from portal.vocabularies.models import Tag
from practices.domain import gate, publication
from practices.domain.transitions import perform
from practices.enums import SubmissionStatus
from practices.models import PracticePage
from tests.factories.practices import PracticePageFactory
from tests.practices.publication.conftest import by_editor, in_bulk

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def by_model(client, page):
    page.get_latest_revision().publish()


def by_schedule(client, page):
    """The worker at an appointed minute."""
    latest = page.get_latest_revision()
    type(latest).objects.filter(pk=latest.pk).update(approved_go_live_at=timezone.now() - dt.timedelta(minutes=1))
    scheduling.publish_scheduled()


def by_agreement(client, page):
    """The last step of an agreement of pages."""
    workflow = page.get_workflow()
    state = workflow.start(page, user=page.owner)
    return client.post(
        reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.current_task_state.pk]),
        {"comment": ""},
        follow=True,
    )


WAYS = {
    "редактор": by_editor,
    "списком": in_bulk,
    "согласование": by_agreement,
    "по времени": by_schedule,
}


@pytest.fixture
def editor_client(client, people):
    client.force_login(people.admin)
    return client


@pytest.mark.parametrize("publish", WAYS.values(), ids=WAYS)
def test_no_way_lets_out_what_the_author_has_not_agreed_to(editor_client, way, committed, publish):
    with committed():
        way.make()
        way.send()
        answer = publish(editor_client, way.page)
    assert not way.page.live
    assert way.submission.status == SubmissionStatus.AUTHOR_APPROVAL
    if answer is not None:
        assert answer.status_code == 200
        assert "Автор ещё не согласовал текст" in answer.content.decode()


@pytest.mark.parametrize("publish", WAYS.values(), ids=WAYS)
def test_every_way_lets_out_the_agreed_text_and_moves_the_submission(editor_client, way, committed, publish):
    with committed():
        way.agreed()
        publish(editor_client, way.page)
    page = way.page
    assert page.live
    assert page.published_on == timezone.localdate()
    assert way.submission.status == SubmissionStatus.PUBLISHED
    assert editor_client.get(page.url).status_code == 200


@pytest.mark.parametrize("publish", WAYS.values(), ids=WAYS)
def test_no_way_lets_out_what_was_edited_after_the_agreement(editor_client, way, committed, publish):
    with committed():
        way.agreed()
        way.edit(goal="Другая цель, которой автор не видел.")
        answer = publish(editor_client, way.page)
    assert not way.page.live
    if answer is not None:
        assert "После согласия автора изменено: цель" in answer.content.decode()


def test_the_text_typed_in_the_editor_is_kept_when_it_is_refused(editor_client, way, committed):
    with committed():
        way.agreed()
        by_editor(editor_client, way.page, goal="Набранная цель.")
    assert way.page.get_latest_revision_as_object().goal == "Набранная цель."
    assert not way.page.live


def test_bulk_lists_the_refused_and_publishes_the_rest(editor_client, way, bank, committed):
    free = PracticePageFactory(parent=bank, title="Страница редакции", live=False)
    with committed():
        way.make()
        address = f"/admin/bulk/wagtailcore/page/publish/?id={way.page.pk}&id={free.pk}&next=/admin/pages/"
        answer = editor_client.post(address, follow=True).content.decode()
    free.refresh_from_db()
    assert free.live
    assert not way.page.live
    assert "Опубликовано: 1 страница" in answer
    assert f"Страница «{way.page.title}» не опубликована" in answer


def test_an_agreement_that_is_refused_stays_open(editor_client, way, committed):
    with committed():
        way.make()
        by_agreement(editor_client, way.page)
    assert way.page.current_workflow_state is not None
    assert way.page.current_workflow_task_state.status == "in_progress"


def test_a_refused_appointment_becomes_one_task_and_one_letter_and_is_not_tried_again(way, people, committed):
    with committed():
        way.make()
        way.edit(goal="Правка.")
        by_schedule(None, way.page)
    assert way.page.get_latest_revision().approved_go_live_at is None
    with committed():
        assert scheduling.publish_scheduled() == 0
    assert list(refusals.refused(people.editor)) == [way.page.page_ptr]
    assert [task.count for task in tasks_of(people.editor) if task.title == "Не вышли в назначенное время"] == [1]
    (letter,) = Letter.objects.filter(kind="publication_refused")
    assert letter.to == people.editor.email
    assert "отправьте его автору" in letter.body
    way.page.save_revision(user=people.editor, log_action=True)
    assert not refusals.refused(people.editor).exists()


def test_one_refused_appointment_does_not_hold_up_the_others(way, bank, committed):
    free = PracticePageFactory(parent=bank, live=False)
    free.save_revision(approved_go_live_at=timezone.now() - dt.timedelta(minutes=1))
    with committed():
        way.make()
        by_schedule(None, way.page)
    free.refresh_from_db()
    assert free.live


def test_a_mark_over_many_pages_waits_in_the_draft_where_the_page_refuses(way, people, bank, committed):
    with committed():
        way.agreed()
        page = way.publish()
    type(way.submission).objects.filter(pk=way.submission.pk).update(rights=False)
    tag = Tag.objects.create(name="Степь")
    assert marking.add_topic(page, tag, user=people.admin)
    assert way.page.has_unpublished_changes
    assert tag not in way.page.tags.all()


def test_topics_recognition_and_address_are_the_editors_own(way, people, committed):
    with committed():
        way.agreed()
        way.publish()
        draft = way.page.get_latest_revision_as_object()
        draft.tags.set([])
        draft.seo_title = "Для поиска"
        draft.save_revision(user=people.editor).publish(user=people.editor)
    assert way.page.seo_title == "Для поиска"


def test_a_picture_may_be_taken_away_without_asking_but_not_added(way, people, media):
    way.agreed()
    draft = way.page.get_latest_revision_as_object()
    added = draft.photos[0].value["image"]
    draft.photos = []
    draft.save_revision(user=people.editor).publish(user=people.editor)
    assert way.page.live
    draft = way.page.get_latest_revision_as_object()
    draft.cover, draft.cover_alt = added, "Снимок"
    with pytest.raises(PublicationRefused, match="обложка"):
        draft.save_revision(user=people.editor).publish(user=people.editor)


def test_line_ends_of_the_browser_are_no_change_of_text(way, people):
    way.agreed()
    draft = way.page.get_latest_revision_as_object()
    draft.problem = draft.problem.replace("\n", "\r\n") + "\r\n"
    draft.save_revision(user=people.editor).publish(user=people.editor)
    assert way.page.live


def test_publication_lists_every_consent_that_is_missing(way, people, accepted):
    way.agreed()
    type(accepted).objects.filter(pk=accepted.pk).update(photos_children=True, rights=False)
    privacy.withdraw_consent(accepted.author_consents.get().consent)
    with pytest.raises(PublicationRefused) as refused:
        way.publish()
    words = str(refused.value)
    assert "согласия на распространение имени: авторы, строка 1" in words
    assert "заявления организации о согласиях родителей" in words
    assert "не подтвердила права" in words
    assert len(gate.missing_consents(way.page.get_latest_revision_as_object())) == 3


def test_a_consent_given_after_the_page_was_made_reaches_the_page(way, accepted):
    row = accepted.author_consents.get()
    consent, row.consent = row.consent, None
    row.save()
    way.agreed()
    with pytest.raises(PublicationRefused, match="имени"):
        way.publish()
    row.consent = consent
    row.save()
    assert [author.public_name for author in way.publish().authors.all()] == [consent.person]


def test_pages_of_editors_and_of_mass_import_go_out_as_before(bank, people):
    page = PracticePageFactory(parent=bank, live=False)
    page.save_revision().publish(user=people.editor)
    page.refresh_from_db()
    assert page.live
    assert gate.missing_consents(page) == []


def test_silence_lets_out_the_authors_own_text_after_ten_working_days(way, accepted):
    way.make()
    way.send()
    with pytest.raises(PublicationRefused, match="Срок ответа"):
        way.publish()
    assert publication.let_silent_texts_out() == 0
    type(accepted).objects.filter(pk=accepted.pk).update(due_at=timezone.now() - dt.timedelta(minutes=5))
    assert way.publish().live
    assert way.submission.status == SubmissionStatus.PUBLISHED


def test_the_worker_takes_silence_for_agreement_once_and_tells_the_editors(way, accepted, people):
    way.make()
    way.send()
    type(accepted).objects.filter(pk=accepted.pk).update(due_at=timezone.now() - dt.timedelta(minutes=5))
    assert publication.let_silent_texts_out() == 1
    assert publication.let_silent_texts_out() == 0
    assert way.submission.agreed_revision_id == way.submission.shown_revision_id
    assert Letter.objects.filter(kind="practice_text_agreed", to=people.editor.email).count() == 1


def test_silence_never_lets_out_an_edited_text(way, accepted):
    way.make()
    way.edit(goal="Поправлено редактором.")
    way.send()
    type(accepted).objects.filter(pk=accepted.pk).update(due_at=timezone.now() - dt.timedelta(minutes=5))
    assert publication.let_silent_texts_out() == 0
    with pytest.raises(PublicationRefused, match="молчание автора — не согласие"):
        way.publish()


def test_what_was_withdrawn_does_not_go_out(way, people):
    way.agreed()
    perform(way.submission, "withdraw", actor=people.author, comment="Передумали")
    with pytest.raises(PublicationRefused, match="Отозвана"):
        way.publish()


def test_recognition_of_the_decision_stands_on_the_page(way, accepted):
    until = timezone.localdate() + dt.timedelta(days=700)
    type(accepted).objects.filter(pk=accepted.pk).update(
        level="best", level_on=dt.date(2026, 11, 20), level_until=until
    )
    way.agreed()
    page = way.publish()
    assert (page.level, page.level_on, page.level_until) == ("best", dt.date(2026, 11, 20), until)


def test_an_editor_of_the_own_organisation_does_not_publish(way, people):
    way.agreed()
    Membership.objects.create(user=people.editor, organisation=people.ours, role="author")
    people.editor = type(people.editor).objects.get(pk=people.editor.pk)
    with pytest.raises(PublicationRefused, match="другой редактор"):
        way.publish()
    assert PracticePage.objects.get().live is False
