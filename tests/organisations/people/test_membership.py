"""People come, get another role, hand over and leave; work stays and the last head does not go by mistake."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone

from portal.core.models import Letter
from portal.organisations.domain import people
from portal.organisations.domain.journal import RefusedError
from portal.organisations.enums import MemberRole, PeopleAction
from portal.organisations.models import Membership, Organisation, PeopleRecord
from portal.organisations.rules import is_head, is_member, standing
from tests.factories.organisations import OrganisationFactory
from tests.organisations.people.conftest import account, fresh, member

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def place(user, organisation):
    return Membership.objects.active().get(user=user, organisation=organisation)


def test_leaver_is_out_on_every_device_the_same_minute_and_the_account_stays(world, come):
    phone, computer = come(world.author), come(world.author)
    address = reverse("organisation_people", args=[world.garden.slug])
    assert phone.get(address).status_code == 200
    assert computer.get("/cabinet/").status_code == 200
    people.end(place(world.author, world.garden), actor=world.head)
    assert phone.get(address).status_code == 302  # signed out
    assert computer.get("/cabinet/").status_code == 302
    again = come(world.author)
    assert again.get(address).status_code == 404
    assert again.get("/cabinet/").status_code == 200


def test_ended_membership_is_kept_as_history(world):
    people.end(place(world.author, world.garden), actor=world.head, comment="уволилась")
    ended = Membership.objects.get(user=world.author)
    assert (ended.ended_by, ended.ended_at is not None) == (world.head, True)
    record = PeopleRecord.objects.get(action=PeopleAction.ENDED)
    assert (record.actor, record.user, record.source, record.comment) == (
        world.head,
        world.author,
        MemberRole.AUTHOR,
        "уволилась",
    )


def test_leaver_may_come_back(world):
    people.end(place(world.author, world.garden), actor=world.head)
    people.appoint(world.garden, world.author, MemberRole.AUTHOR, actor=world.moderator)
    assert is_member(fresh(world.author), world.garden.pk)
    assert Membership.objects.filter(user=world.author).count() == 2


def test_one_who_leaves_by_own_will_stays_signed_in_and_gets_no_letter(world, come):
    own = come(world.author)
    own.get("/cabinet/")
    address = reverse("organisation_member", args=[world.garden.slug, place(world.author, world.garden).pk])
    assert "Выйти из организации" in own.get(address).content.decode()
    assert own.post(address, {"action": "end"}).url == reverse("my_organisations")
    assert own.get("/cabinet/").status_code == 200
    assert PeopleRecord.objects.get().action == PeopleAction.LEFT
    assert not Letter.objects.exists()


@pytest.mark.parametrize("way", ["leave", "end", "make author"])
def test_last_head_does_not_go(world, way):
    last = place(world.head, world.garden)
    actor = world.head if way == "leave" else world.moderator
    with pytest.raises(RefusedError, match="единственный руководитель"):
        if way == "make author":
            people.change_role(last, MemberRole.AUTHOR, actor=actor)
        else:
            people.end(last, actor=actor)
    assert is_head(fresh(world.head), world.garden.pk)


def test_last_head_cannot_leave_knowingly_but_who_stands_above_can_close_access(world):
    last = place(world.head, world.garden)
    with pytest.raises(RefusedError):
        people.end(last, actor=world.head, leave_headless=True)
    people.end(last, actor=fresh(world.coordinator), leave_headless=True)
    assert not is_member(fresh(world.head), world.garden.pk)


def test_closed_account_does_not_count_as_another_head(world):
    gone = account("gone", "Бывшая", is_active=False)
    member(gone, world.garden, MemberRole.HEAD)
    with pytest.raises(RefusedError):
        people.end(place(world.head, world.garden), actor=world.head)


def test_head_goes_when_another_is_there(world):
    people.change_role(place(world.author, world.garden), MemberRole.HEAD, actor=world.head)
    people.end(place(world.head, world.garden), actor=world.head)
    assert is_head(fresh(world.author), world.garden.pk)
    assert not is_member(fresh(world.head), world.garden.pk)


def test_head_hands_over_and_stays_as_an_author(world):
    people.hand_over(place(world.author, world.garden), actor=world.head)
    assert is_head(fresh(world.author), world.garden.pk)
    assert place(world.head, world.garden).role == MemberRole.AUTHOR
    changes = PeopleRecord.objects.filter(action=PeopleAction.ROLE_CHANGED).values_list("user", "source", "target")
    assert set(changes) == {(world.author.pk, "author", "head"), (world.head.pk, "head", "author")}


def test_moderator_appoints_a_head_where_there_was_none(world):
    people.end(place(world.head, world.garden), actor=fresh(world.moderator), leave_headless=True)
    people.appoint(world.garden, world.outsider, MemberRole.HEAD, actor=world.moderator)
    assert is_head(fresh(world.outsider), world.garden.pk)
    assert Letter.objects.filter(to=world.outsider.email, kind="organisation_joined").count() == 1


def test_appointing_a_member_changes_the_role_and_makes_no_second_place(world):
    people.appoint(world.garden, world.author, MemberRole.HEAD, actor=world.moderator)
    assert place(world.author, world.garden).role == MemberRole.HEAD


def test_one_person_has_several_roles_at_once(world):
    member(world.coordinator, world.neighbour)
    own = standing(fresh(world.coordinator))
    assert own.organisations == {world.neighbour.pk}
    assert own.municipalities == {world.municipality.pk}


def test_same_person_is_not_let_in_twice_nor_into_a_closed_organisation(world):
    closed = OrganisationFactory(closed_on=timezone.localdate() - timedelta(days=1))
    with pytest.raises(RefusedError, match="закрыта"):
        people.appoint(closed, world.outsider, MemberRole.AUTHOR, actor=world.moderator)
    with pytest.raises(RefusedError, match="уже состоит"):
        people.admit(world.garden, world.author, MemberRole.AUTHOR, confirmed_by=world.head)


def test_second_press_of_the_button_finds_the_place_ended(world):
    once = place(world.author, world.garden)
    people.end(once, actor=world.head)
    with pytest.raises(RefusedError, match="уже не состоит"):
        people.end(once, actor=world.head)
    assert PeopleRecord.objects.filter(action=PeopleAction.ENDED).count() == 1


def test_organisation_with_people_is_not_deleted_and_says_why(world, come):
    with pytest.raises(ProtectedError):
        world.garden.delete()
    screen = reverse(Organisation.snippet_viewset.get_url_name("delete"), args=[world.garden.pk])
    page = come(world.admin).post(screen, follow=True).content.decode()
    assert "нельзя удалить: в ней состоят люди: 2" in page
    assert "поставьте дату закрытия" in page
    assert Organisation.objects.filter(pk=world.garden.pk).exists()


def test_refusal_is_shown_in_words_on_the_page(world, come):
    head = come(world.head)
    address = reverse("organisation_member", args=[world.garden.slug, place(world.head, world.garden).pk])
    assert "единственный руководитель" in head.get(address).content.decode()
    page = head.post(address, {"action": "end", "leave_headless": "on"}, follow=True).content.decode()
    assert "единственный руководитель" in page
    assert is_head(fresh(world.head), world.garden.pk)
