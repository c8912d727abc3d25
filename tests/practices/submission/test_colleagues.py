"""Colleagues from outside the organisation: invited by a letter, let in to one draft, let out at once."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.core.models import Letter
from practices.domain import colleagues
from practices.models import PracticeSubmission, SubmissionCollaborator
from practices.rules import can_edit_submission, can_view_submission
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import make_account
from tests.factories.submissions import make_member, make_submission

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def draft(home):
    kindergarten = OrganisationFactory()
    return make_submission(kindergarten, make_member(kindergarten, "author@example.org"))


@pytest.fixture
def guest(db):
    return make_account("guest@example.org", first_name="Вера", last_name="Гостева")


def come(user):
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def link_in_the_letter():
    letter = Letter.objects.filter(kind="practice_colleague").latest("pk")
    return re.search(r"/cabinet/practices/invitation/\S+/", letter.body)[0]


def fresh(draft):
    return PracticeSubmission.objects.get(pk=draft.pk)


def let_in(draft, guest, role):
    colleagues.invite(draft, guest.email, role, actor=draft.created_by)
    assert come(guest).post(link_in_the_letter()).status_code == 302


@pytest.mark.parametrize(("role", "edits"), [("view", False), ("edit", True)])
def test_a_guest_reads_or_writes_as_invited_and_nothing_before(draft, guest, role, edits):
    colleagues.invite(draft, " Guest@Example.org ", role, actor=draft.created_by)
    assert not can_view_submission(guest, fresh(draft))
    browser = come(guest)
    assert str(draft) in browser.get(link_in_the_letter()).content.decode()
    assert browser.post(link_in_the_letter()).url == reverse("practice_submission", args=[draft.public_id])
    assert can_view_submission(guest, fresh(draft)) and can_edit_submission(guest, fresh(draft)) is edits
    answer = browser.get(reverse("practice_step", args=[draft.public_id, "about"]))
    assert answer.status_code == (200 if edits else 302)


def test_a_link_works_once_and_for_its_owner_alone(draft, guest):
    colleagues.invite(draft, guest.email, "edit", actor=draft.created_by)
    link = link_in_the_letter()
    assert come(make_account("thief@example.org")).post(link).status_code == 404
    assert Client().get(link).status_code == 302  # to sign in
    assert come(guest).post(link).status_code == 302
    assert come(guest).get(link).status_code == 404


def test_an_old_link_is_dead(draft, guest):
    record = colleagues.invite(draft, guest.email, "edit", actor=draft.created_by)
    old = timezone.now() - colleagues.TERM
    SubmissionCollaborator.objects.filter(pk=record.pk).update(invited_at=old)
    assert come(guest).get(link_in_the_letter()).status_code == 404


def test_access_ends_the_same_moment_and_the_text_stays(draft, guest):
    let_in(draft, guest, "edit")
    record = draft.collaborators.get()
    author = come(draft.created_by)
    page = author.get(reverse("practice_colleagues", args=[draft.public_id])).content.decode()
    assert "Гостева" in page
    author.post(reverse("practice_colleague_end", args=[draft.public_id, record.pk]))
    assert come(guest).get(reverse("practice_submission", args=[draft.public_id])).status_code == 404
    assert [row.action for row in fresh(draft).records.order_by("pk")] == [
        "invite_colleague",
        "colleague_came",
        "end_colleague",
    ]


def test_a_guest_may_leave_and_may_not_invite(draft, guest):
    let_in(draft, guest, "edit")
    with pytest.raises(PermissionDenied):
        colleagues.invite(fresh(draft), "else@example.org", "edit", actor=guest)
    browser = come(guest)
    browser.post(reverse("practice_colleague_end", args=[draft.public_id, draft.collaborators.get().pk]))
    assert browser.get(reverse("practice_submission", args=[draft.public_id])).status_code == 404


def test_whom_to_invite_is_refused_in_words(draft):
    with pytest.raises(ValidationError, match="из вашей организации"):
        colleagues.invite(draft, draft.created_by.email, "edit", actor=draft.created_by)
    for _letter in range(colleagues.MOST_LETTERS):
        colleagues.invite(draft, "guest@example.org", "edit", actor=draft.created_by)
    page = come(draft.created_by).post(
        reverse("practice_colleagues", args=[draft.public_id]), {"email": "guest@example.org", "role": "edit"}
    )
    assert "уже отправляли" in page.content.decode()


def test_a_stranger_neither_sees_nor_ends(draft, guest):
    record = colleagues.invite(draft, guest.email, "edit", actor=draft.created_by)
    stranger = come(make_account("stranger@example.org"))
    assert stranger.get(reverse("practice_colleagues", args=[draft.public_id])).status_code == 404
    assert stranger.post(reverse("practice_colleague_end", args=[draft.public_id, record.pk])).status_code == 404
