"""An update of a published practice replaces its text and keeps its address; the public version stays until then."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from portal.core.publishing import PublicationRefused
from practices.domain import agreed_text, publication, updating
from practices.domain.transitions import perform
from practices.enums import SubmissionStatus
from practices.models import PracticePage, PracticeSubmission
from tests.practices.publication.conftest import NAME

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def accepted_update(page, people, **changes):
    """An update as the office accepted it."""
    update = updating.start_update(page, actor=people.author)
    PracticeSubmission.objects.filter(pk=update.pk).update(
        status=SubmissionStatus.ACCEPTED, number="ПР-2026-900", sent_at=update.created_at, rights=True, **changes
    )
    return PracticeSubmission.objects.get(pk=update.pk)


def test_an_update_begins_with_what_the_page_says(people, way):
    page = way.published()
    update = updating.start_update(page, actor=people.author)
    assert agreed_text.text_of(update) == agreed_text.text_of(page)
    assert update.topics == ["Наблюдение"]
    assert [(row["name"], row["count"]) for row in update.authors] == [(NAME, 1)]
    assert update.author_consents.get().consent.is_active
    assert sorted(update.attachments.values_list("purpose", flat=True)) == ["cover", "file", "photo"]
    assert not update.photos_children
    assert update.consent is None


def test_an_update_keeps_the_address_and_the_public_text_until_it_goes_out(client, people, way, committed):
    with committed():
        page = way.published()
    update = accepted_update(page, people, goal="Новая цель практики.")
    with committed():
        made = publication.make_page(update, actor=people.editor)
    assert made.pk == page.pk
    assert PracticePage.objects.count() == 1
    assert "Новая цель практики." not in client.get(page.url).content.decode()
    publication.send_text(update, actor=people.editor)
    perform(update, "agree", actor=people.head)
    with committed():
        way.page.get_latest_revision().publish(user=people.editor)
    renewed = way.page
    assert (renewed.slug, renewed.published_on) == (page.slug, page.published_on)
    assert "Новая цель практики." in client.get(page.url).content.decode()
    assert PracticeSubmission.objects.get(pk=update.pk).status == SubmissionStatus.PUBLISHED


def test_a_withdrawn_update_never_reaches_the_page(people, way):
    page = way.published()
    update = accepted_update(page, people, goal="Черновая цель.")
    publication.make_page(update, actor=people.editor)
    perform(update, "withdraw", actor=people.author, comment="Передумали")
    with pytest.raises(PublicationRefused, match="изменено: цель"):
        way.page.get_latest_revision().publish(user=people.editor)
    assert way.page.goal == page.goal


def test_the_cabinet_begins_an_update_once_and_for_the_own_practice_alone(client, people, way):
    page = way.published()
    address = reverse("practice_update", args=[page.pk])
    client.force_login(people.author)
    first = client.post(address)
    assert first.status_code == 302
    assert client.post(address).url == first.url
    assert PracticeSubmission.objects.filter(updates=page).count() == 1
    client.force_login(people.other)
    assert client.post(address).status_code == 404
    with pytest.raises(PermissionDenied):
        updating.start_update(page, actor=people.other)
