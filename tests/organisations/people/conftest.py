"""A kindergarten with its people, its municipality with a coordinator, and everybody who stands outside."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.test import Client

from portal.accounts.rules import COORDINATORS, MODERATORS
from portal.organisations.enums import MemberRole
from portal.organisations.models import Coordination, Membership
from tests.factories.organisations import MunicipalityFactory, OrganisationFactory
from tests.factories.people import make_account


@pytest.fixture(autouse=True)
def cheap_passwords(settings):
    settings.MFA_REQUIRED = False


def member(user, organisation, role=MemberRole.AUTHOR):
    return Membership.objects.create(user=user, organisation=organisation, role=role)


def account(name, last_name, **fields):
    return make_account(f"{name}@example.org", last_name=last_name, first_name="Проба", **fields)


@pytest.fixture
def world(db):
    """Two kindergartens of two municipalities, everybody who may come near the first."""
    own, other = MunicipalityFactory(), MunicipalityFactory()
    garden, neighbour = OrganisationFactory(municipality=own), OrganisationFactory(municipality=other)
    people = SimpleNamespace(
        head=account("head", "Заведующая"),
        author=account("author", "Авторова"),
        outsider=account("outsider", "Посторонняя"),
        stranger=account("stranger", "Соседкина"),
        coordinator=account("mouo", "Координаторова"),
        other_coordinator=account("mouo2", "Чужая"),
        moderator=account("moderator", "Модераторова", groups=[MODERATORS]),
        admin=account("root", "Главная", is_superuser=True),
    )
    member(people.head, garden, MemberRole.HEAD)
    member(people.author, garden)
    member(people.stranger, neighbour, MemberRole.HEAD)
    Coordination.objects.create(user=people.coordinator, municipality=own)
    Coordination.objects.create(user=people.other_coordinator, municipality=other)
    Group.objects.get(name=COORDINATORS).user_set.add(people.coordinator, people.other_coordinator)
    return SimpleNamespace(
        garden=garden, neighbour=neighbour, municipality=own, other_municipality=other, **vars(people)
    )


def fresh(user):
    """The person as the next request sees them."""
    return type(user).objects.get(pk=user.pk)


@pytest.fixture
def come():
    """Return a browser in which the person has signed in."""

    def signed_in(user):
        client = Client()
        client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
        return client

    return signed_in
