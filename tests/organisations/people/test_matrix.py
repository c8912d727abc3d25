"""Who may do what with the people of an organisation: every role against every action, in the verb and by its address."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from portal.organisations.domain import coordination, invitations, new_organisations, people, requests
from portal.organisations.enums import MemberRole
from portal.organisations.models import JoinRequest, Membership, OrganisationRequest
from tests.factories.organisations import OrganisationFactory, valid_inn
from tests.organisations.people.conftest import account, fresh

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

ROLES = ["head", "author", "outsider", "stranger", "coordinator", "other_coordinator", "moderator", "admin"]
RUN = {"head", "coordinator"}
STAND_ABOVE = {"head", "coordinator", "moderator", "admin"}
OFFICE = {"moderator", "admin"}


def membership_of(world, name):
    return Membership.objects.active().get(user=getattr(world, name), organisation=world.garden)


def asked(world, *, late=False):
    due = timezone.now() + timedelta(days=-1 if late else 3)
    return JoinRequest.objects.create(user=account("new", "Новая"), organisation=world.garden, due_at=due)


def wished(world):
    return OrganisationRequest.objects.create(
        user=account("new", "Новая"),
        inn=valid_inn(77),
        name="Новый сад",
        municipality=world.municipality,
        due_at=timezone.now(),
    )


def new_garden(world):
    return OrganisationFactory.build(municipality=world.municipality, inn=valid_inn(77))


ACTIONS = {
    "invite": (RUN, lambda w, a: invitations.invite(w.garden, "new@example.org", MemberRole.AUTHOR, actor=a)),
    "resend": (RUN, lambda w, a: invitations.resend(w.invitation, actor=a)),
    "withdraw": (RUN, lambda w, a: invitations.withdraw(w.invitation, actor=a)),
    "confirm": (RUN | {"admin"}, lambda w, a: requests.confirm(asked(w), actor=a)),
    "confirm late": (STAND_ABOVE, lambda w, a: requests.confirm(asked(w, late=True), actor=a)),
    "refuse": (RUN | {"admin"}, lambda w, a: requests.refuse(asked(w), "Не работает у нас.", actor=a)),
    "close access": (STAND_ABOVE | {"author"}, lambda w, a: people.end(membership_of(w, "author"), actor=a)),
    "make head": (STAND_ABOVE, lambda w, a: people.change_role(membership_of(w, "author"), MemberRole.HEAD, actor=a)),
    "hand over": ({"head"}, lambda w, a: people.hand_over(membership_of(w, "author"), actor=a)),
    "appoint": (OFFICE, lambda w, a: people.appoint(w.garden, w.outsider, MemberRole.HEAD, actor=a)),
    "enter organisation": (OFFICE, lambda w, a: new_organisations.enter(wished(w), new_garden(w), actor=a)),
    "decline organisation": (OFFICE, lambda w, a: new_organisations.decline(wished(w), "Нет такой.", actor=a)),
    "assign coordinator": (OFFICE, lambda w, a: coordination.assign(w.outsider, w.municipality, actor=a)),
    "end coordinator": (OFFICE, lambda w, a: coordination.end(w.coordinator.coordinations.get(), actor=a)),
}


@pytest.fixture
def invitation(world):
    world.invitation = invitations.invite(world.garden, "guest@example.org", MemberRole.AUTHOR, actor=world.head)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("action", ACTIONS)
def test_verb_lets_in_those_of_the_table_and_nobody_else(world, invitation, action, role):
    allowed, verb = ACTIONS[action]
    actor = fresh(getattr(world, role))
    if role in allowed:
        verb(world, actor)
    else:
        with pytest.raises(PermissionDenied):
            verb(world, actor)


PAGES = {
    "people": ({"head", "author", "coordinator", "moderator", "admin"}, "organisation_people", ()),
    "invite": (RUN, "invite", ()),
    "request": (RUN, "join_request", ("request",)),
    "colleague": (STAND_ABOVE | {"author"}, "organisation_member", ("author",)),
    "head": (STAND_ABOVE, "organisation_member", ("head",)),
}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("page", PAGES)
def test_stranger_finds_no_page(world, come, page, role):
    allowed, name, what = PAGES[page]
    request = asked(world)
    ids = {"request": request.pk, "author": membership_of(world, "author").pk, "head": membership_of(world, "head").pk}
    address = reverse(name, args=[world.garden.slug, *(ids[key] for key in what)])
    answer = come(getattr(world, role)).get(address)
    assert answer.status_code == (200 if role in allowed else 404)
    if role in allowed:
        assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("role", ROLES)
def test_screen_of_a_municipality_is_for_its_coordinator_and_the_office(world, come, role):
    answer = come(getattr(world, role)).get(reverse("municipality_people", args=[world.municipality.slug]))
    assert answer.status_code == (200 if role in {"coordinator", "moderator", "admin"} else 404)


def test_rows_of_one_organisation_are_not_reached_through_another(world, come, invitation):
    """A head guesses numbers of another kindergarten under the address of the own one."""
    neighbour = come(world.stranger)
    slug = world.neighbour.slug
    request, author = asked(world), membership_of(world, "author")
    for address in (
        reverse("join_request", args=[slug, request.pk]),
        reverse("organisation_member", args=[slug, author.pk]),
        reverse("change_invitation", args=[slug, world.invitation.pk]),
    ):
        assert neighbour.post(address, {"action": "end"}).status_code == 404
    assert fresh(world.author).memberships.active().exists()


def test_everything_asks_to_sign_in_and_leads_back(world, client):
    for address in (
        reverse("my_organisations"),
        reverse("find_organisation"),
        reverse("new_organisation"),
        reverse("ask_organisation", args=[world.garden.slug]),
        reverse("organisation_people", args=[world.garden.slug]),
        reverse("municipality_people", args=[world.municipality.slug]),
    ):
        assert client.get(address).url == f"/accounts/login/?next={address}"
