"""The people around one submission."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from portal.organisations.models import Coordination
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import make_account
from tests.factories.submissions import make_member
from tests.factories.whole import make_whole


@pytest.fixture
def people(db):
    """The organisation, its people, the office, editors, two municipalities and strangers."""
    return make_people()


def make_people():
    ours, theirs = OrganisationFactory(), OrganisationFactory()
    found = SimpleNamespace(
        ours=ours,
        theirs=theirs,
        author=make_member(ours, "author@example.org", first_name="Анна", last_name="Авторова"),
        colleague=make_member(ours, "colleague@example.org"),
        head=make_member(ours, "head@example.org", head=True),
        other=make_member(theirs, "other@example.org", head=True),
        mouo=make_account("mouo@example.org"),
        mouo2=make_account("mouo2@example.org"),
        moderator=make_account("moderator@example.org", groups=["Модераторы"]),
        moderator2=make_account("moderator2@example.org", groups=["Модераторы"]),
        editor=make_account("editor2@example.org", groups=["Редакторы банка практик"]),
        news_editor=make_account("editor@example.org", groups=["Редакторы новостей и событий"]),
        stranger=make_account("stranger@example.org"),
        admin=make_account("admin@example.org", is_superuser=True),
        disabled=make_member(ours, "disabled@example.org", is_active=False),
    )
    Coordination.objects.create(user=found.mouo, municipality=ours.municipality)
    Coordination.objects.create(user=found.mouo2, municipality=theirs.municipality)
    return found


@pytest.fixture
def draft(people, media):
    """A draft of the author that lacks nothing."""
    return make_whole(people.ours, people.author)
