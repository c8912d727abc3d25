"""Circles of people for mailings: heads and coordinators of today, authors by the state of their submission."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.core import audiences
from portal.organisations.models import Coordination, Membership, Municipality
from practices.enums import SubmissionStatus
from practices.models import PracticeSubmission
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import make_account

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def emails(name):
    return [one.email for one in audiences.find(name).query()]


def test_heads_of_today_with_their_organisations():
    garden = OrganisationFactory(short_name="Детский сад «Родничок»")
    people = {name: make_account(f"{name}@example.org") for name in ("head", "former", "author", "closed")}
    Membership.objects.create(user=people["head"], organisation=garden, role="head")
    Membership.objects.create(user=people["former"], organisation=garden, role="head", ended_at=timezone.now())
    Membership.objects.create(user=people["author"], organisation=garden, role="author")
    Membership.objects.create(user=people["closed"], organisation=garden, role="head")
    type(people["closed"]).objects.filter(pk=people["closed"].pk).update(is_active=False)
    assert emails("heads") == ["head@example.org"]
    assert emails("people") == ["author@example.org", "head@example.org"]
    assert next(iter(audiences.find("heads").query())).values == {"organisation": "Детский сад «Родничок»"}


def test_coordinators_of_today():
    town = Municipality.objects.formations().first()
    today = timezone.localdate()
    for name, until in (("now", None), ("over", today - timedelta(days=1))):
        Coordination.objects.create(
            user=make_account(f"{name}@example.org"), municipality=town, since=today - timedelta(days=9), until=until
        )
    assert emails("coordinators") == ["now@example.org"]


def test_authors_by_state_and_a_draft_is_not_named():
    author = make_account("author@example.org")
    PracticeSubmission.objects.create(created_by=author, title="Тайный черновик")
    drafts = list(audiences.find("authors_draft").query())
    assert [(one.email, one.values) for one in drafts] == [("author@example.org", {})]
    assert emails(f"authors_{SubmissionStatus.REVISION}") == []


def test_every_circle_declares_what_its_recipients_bring():
    for audience in audiences.all_audiences():
        for one in audience.query():
            assert set(one.values) == set(audience.placeholders), audience.name
