"""Who finds a submission: the list and the single address give the same answer as the rule."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone

from portal.intake.enums import CollaboratorRole
from portal.organisations.models import Coordination
from practices.domain.access import submission_or_404
from practices.domain.drafts import start_draft
from practices.enums import SubmissionStatus
from practices.models import PracticeSubmission, SubmissionCollaborator
from practices.rules import can_view_submission
from tests.factories.organisations import MunicipalityFactory, OrganisationFactory
from tests.factories.people import make_account
from tests.factories.submissions import make_member, make_submission

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def cast():
    """Everybody who may have something to do with a submission of one organisation."""
    ours = OrganisationFactory(municipality=MunicipalityFactory())
    theirs = OrganisationFactory(municipality=MunicipalityFactory())
    people = {
        "author": make_member(ours, "author@example.org"),
        "head": make_member(ours, "head@example.org", head=True),
        "other": make_member(theirs, "other@example.org", head=True),
        "invited": make_account("invited@example.org"),
        "mouo": make_account("mouo@example.org"),
        "mouo2": make_account("mouo2@example.org"),
        "moderator": make_account("moderator@example.org", groups=["Модераторы"]),
        "editor": make_account("editor@example.org", groups=["Редакторы банка практик"]),
        "news_editor": make_account("news@example.org", groups=["Редакторы новостей и событий"]),
        "admin": make_account("admin@example.org", is_superuser=True),
        "disabled": make_member(ours, "disabled@example.org", is_active=False),
        "stranger": make_account("stranger@example.org"),
        "anonymous": AnonymousUser(),
    }
    Coordination.objects.create(user=people["mouo"], municipality=ours.municipality)
    Coordination.objects.create(user=people["mouo2"], municipality=theirs.municipality)
    return ours, people


def who_sees(submission, people):
    """Names of those who see it, by the list, the address and the rule, which must agree."""
    found = set()
    for name, user in people.items():
        listed = PracticeSubmission.objects.visible_to(user).filter(pk=submission.pk).exists()
        try:
            opened = bool(submission_or_404(user, submission.public_id))
        except Http404:
            opened = False
        fresh = PracticeSubmission.objects.get(pk=submission.pk)
        assert listed == opened == can_view_submission(user, fresh), name
        if listed:
            found.add(name)
    return found


def invite(submission, user):
    return SubmissionCollaborator.objects.create(
        submission=submission, email=user.email, user=user, role=CollaboratorRole.VIEW
    )


def test_a_draft_is_the_secret_of_its_organisation_and_of_those_invited(cast):
    ours, people = cast
    draft = make_submission(ours, people["author"])
    invite(draft, people["invited"])
    assert who_sees(draft, people) == {"author", "head", "invited", "admin"}


@pytest.mark.parametrize("status", sorted(set(SubmissionStatus) - {"draft", "head_confirmation"}))
def test_what_was_sent_is_seen_by_the_office_the_editors_and_the_own_municipality(cast, status):
    ours, people = cast
    sent = make_submission(ours, people["author"], status=status)
    assert who_sees(sent, people) == {"author", "head", "mouo", "moderator", "editor", "admin"}


def test_a_draft_withdrawn_before_it_was_sent_stays_a_secret(cast):
    ours, people = cast
    draft = make_submission(ours, people["author"], status=SubmissionStatus.WITHDRAWN, sent_at=None, number=None)
    assert who_sees(draft, people) == {"author", "head", "admin"}


def test_who_leaves_the_organisation_or_whose_invitation_ends_sees_it_no_more(cast):
    ours, people = cast
    draft = make_submission(ours, people["author"])
    invitation = invite(draft, people["invited"])
    people["author"].memberships.update(ended_at=timezone.now())
    invitation.ended_at = timezone.now()
    invitation.save()
    assert who_sees(draft, people) == {"head", "admin"}


def test_its_own_author_opens_a_submission_with_one_query(cast, django_assert_num_queries):
    ours, people = cast
    draft = make_submission(ours, people["author"])
    with django_assert_num_queries(1):
        found = submission_or_404(people["author"], draft.public_id)
        assert can_view_submission(people["author"], found)


def test_a_draft_begins_in_the_own_organisation_only(cast):
    ours, people = cast
    draft = start_draft(people["author"], organisation=ours)
    assert (draft.status, draft.organisation, draft.municipality) == ("draft", ours, ours.municipality)
    assert [record.action for record in draft.records.all()] == ["start"]
    for name in ("other", "moderator", "stranger"):
        with pytest.raises(PermissionDenied):
            start_draft(people[name], organisation=ours)
    assert PracticeSubmission.objects.count() == 1
