"""A person asks for a place; the head, the МОУО or the office answers in time, or the organisation is entered first."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from portal.core.models import Letter, Notice
from portal.organisations.domain import new_organisations, people, requests
from portal.organisations.domain.journal import RefusedError
from portal.organisations.enums import MemberRole, PeopleAction, RequestState
from portal.organisations.models import Coordination, JoinRequest, Organisation, OrganisationRequest, PeopleRecord
from portal.organisations.rules import is_head, is_member
from tests.factories.organisations import OrganisationFactory, valid_inn
from tests.organisations.people.conftest import fresh

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def ask(world, organisation=None, role=MemberRole.AUTHOR, words=""):
    return requests.ask(organisation or world.garden, role, user=world.outsider, words=words)


def test_head_and_coordinator_hear_of_a_request_and_find_it_among_their_tasks(world, come):
    ask(world, words="Воспитатель старшей группы")
    for person in (world.head, world.coordinator):
        assert Letter.objects.filter(to=person.email, kind="organisation_requested").count() == 1
        page = come(person).get("/cabinet/").content.decode()
        assert "Решить запрос на участие" in page
        assert "Посторонняя Проба" in page
    for person in (world.author, world.stranger, world.other_coordinator):
        assert not Notice.objects.filter(user=person).exists()
        assert "Решить запрос" not in come(person).get("/cabinet/").content.decode()


def test_confirmed_person_is_in_on_the_next_request(world, come):
    asked = ask(world)
    own = come(world.outsider)
    address = reverse("organisation_people", args=[world.garden.slug])
    assert own.get(address).status_code == 404
    come(world.head).post(reverse("join_request", args=[world.garden.slug, asked.pk]), {"action": "confirm"})
    assert own.get(address).status_code == 200
    assert Letter.objects.filter(to=world.outsider.email, kind="organisation_joined").count() == 1


def test_refusal_needs_words_and_the_person_reads_them(world, come):
    asked = ask(world)
    head = come(world.head)
    address = reverse("join_request", args=[world.garden.slug, asked.pk])
    assert "Форма не отправлена" in head.post(address, {"action": "refuse", "answer": " "}).content.decode()
    head.post(address, {"action": "refuse", "answer": "У нас такой сотрудник не работает."})
    asked.refresh_from_db()
    assert asked.state == RequestState.REFUSED
    letter = Letter.objects.get(to=world.outsider.email, kind="organisation_request_refused")
    assert "не работает" in letter.body
    assert "не работает" in come(world.outsider).get(reverse("my_organisations")).content.decode()


def test_moderator_waits_three_working_days_while_a_head_is_there(world):
    asked = ask(world)
    assert not JoinRequest.objects.for_moderator().exists()
    with pytest.raises(PermissionDenied):
        requests.confirm(asked, actor=fresh(world.moderator))
    with time_machine.travel(asked.due_at + timedelta(seconds=1), tick=False):
        assert list(JoinRequest.objects.for_moderator()) == [asked]
        requests.confirm(asked, actor=fresh(world.moderator))
    assert is_member(fresh(world.outsider), world.garden.pk)


def test_moderator_decides_at_once_where_nobody_else_is_there(world):
    lonely = OrganisationFactory()
    asked = ask(world, lonely, MemberRole.HEAD)
    assert list(JoinRequest.objects.for_moderator()) == [asked]
    requests.confirm(asked, actor=fresh(world.moderator))
    assert is_head(fresh(world.outsider), lonely.pk)


def test_substitute_decides_until_the_last_day_and_not_after(world):
    lonely = OrganisationFactory()
    Coordination.objects.create(
        user=world.other_coordinator, municipality=lonely.municipality, until=timezone.localdate()
    )
    asked = ask(world, lonely)
    assert not JoinRequest.objects.for_moderator().exists()
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        with pytest.raises(PermissionDenied):
            requests.confirm(asked, actor=fresh(world.other_coordinator))
        assert JoinRequest.objects.for_moderator().exists()
    requests.confirm(asked, actor=fresh(world.other_coordinator))


def test_nobody_decides_on_ones_own_request(world):
    Coordination.objects.create(user=world.outsider, municipality=world.municipality)
    asked = ask(world)
    with pytest.raises(PermissionDenied):
        requests.confirm(asked, actor=fresh(world.outsider))


def test_request_sent_twice_is_one_and_can_be_taken_back(world, come):
    own = come(world.outsider)
    for _press in range(2):
        own.post(reverse("ask_organisation", args=[world.garden.slug]), {"role": "author", "words": "Воспитатель"})
    asked = JoinRequest.objects.get()
    assert Letter.objects.filter(kind="organisation_requested").count() == 2  # the head and the coordinator, once each
    assert come(world.stranger).post(reverse("take_back_request", args=[asked.pk])).status_code == 404
    own.post(reverse("take_back_request", args=[asked.pk]))
    asked.refresh_from_db()
    assert asked.state == RequestState.WITHDRAWN
    with pytest.raises(RefusedError):
        requests.confirm(asked, actor=fresh(world.head))


def test_decided_request_is_not_decided_again(world):
    asked = ask(world)
    requests.confirm(asked, actor=fresh(world.head))
    with pytest.raises(RefusedError):
        requests.refuse(asked, "Поздно", actor=fresh(world.coordinator))


def test_person_asks_no_more_than_a_few_times_a_day(world):
    for _number in range(requests.PER_PERSON):
        ask(world, OrganisationFactory())
    with pytest.raises(RefusedError, match="слишком много"):
        ask(world, OrganisationFactory())


def test_organisation_is_found_by_a_part_of_its_name_or_by_inn(world, come):
    closed = OrganisationFactory(closed_on=timezone.localdate())
    own = come(world.outsider)
    for asked in (world.garden.short_name.upper(), world.garden.inn):
        page = own.get(reverse("find_organisation"), {"q": asked}).content.decode()
        assert reverse("ask_organisation", args=[world.garden.slug]) in page
    assert closed.slug not in own.get(reverse("find_organisation"), {"q": closed.inn}).content.decode()
    assert "организаций нет" in own.get(reverse("find_organisation"), {"q": "такого сада нет"}).content.decode()


NEW = {"name": "МБДОУ «Новый сад»", "settlement": "х. Дальний", "role": "head", "words": "Заведующая"}


def test_missing_organisation_is_asked_for_by_inn_and_entered_with_its_person(world, come):
    own = come(world.outsider)
    data = {**NEW, "inn": f" {valid_inn(5)} ", "municipality": world.municipality.slug}
    own.post(reverse("new_organisation"), data)
    own.post(reverse("new_organisation"), data)
    wish = OrganisationRequest.objects.get()
    made = Organisation(name=wish.name, short_name="Новый сад", inn=wish.inn, municipality=wish.municipality)
    new_organisations.enter(wish, made, actor=fresh(world.moderator))
    assert is_head(fresh(world.outsider), Organisation.objects.get(inn=valid_inn(5)).pk)
    assert PeopleRecord.objects.filter(action=PeopleAction.ORGANISATION_CREATED).count() == 1
    with pytest.raises(RefusedError):
        new_organisations.enter(wish, made, actor=fresh(world.moderator))


def test_known_inn_leads_to_the_organisation_that_has_it(world, come):
    data = {**NEW, "inn": world.garden.inn, "municipality": world.municipality.slug}
    answer = come(world.outsider).post(reverse("new_organisation"), data)
    assert answer.url == reverse("ask_organisation", args=[world.garden.slug])
    assert not OrganisationRequest.objects.exists()


@pytest.mark.parametrize(("inn", "words"), [("3400000001", "Контрольная цифра"), ("12", "10 цифр"), ("000", "10 цифр")])
def test_wrong_inn_is_refused_in_words(world, come, inn, words):
    data = {**NEW, "inn": inn, "municipality": world.municipality.slug}
    assert words in come(world.outsider).post(reverse("new_organisation"), data).content.decode()
    with pytest.raises(ValidationError):
        new_organisations.ask_for(
            user=world.outsider, inn=inn, name="Сад", municipality=world.municipality, role=MemberRole.HEAD
        )


def test_organisation_entered_meanwhile_takes_the_person_in(world):
    wish = new_organisations.ask_for(
        user=world.outsider, inn=valid_inn(6), name="Сад", municipality=world.municipality, role=MemberRole.AUTHOR
    )
    meanwhile = OrganisationFactory(inn=valid_inn(6))
    new_organisations.enter(wish, meanwhile, actor=fresh(world.moderator))
    assert is_member(fresh(world.outsider), meanwhile.pk)


def test_appointed_person_has_no_request_waiting(world):
    asked = ask(world)
    people.appoint(world.garden, world.outsider, MemberRole.AUTHOR, actor=world.moderator)
    asked.refresh_from_db()
    assert asked.state == RequestState.CONFIRMED
