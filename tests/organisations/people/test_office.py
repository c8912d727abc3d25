"""The office's screens: what waits, who is where; buttons call the verbs and say in words why they refuse."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.accounts.rules import COORDINATORS
from portal.core.awaiting import tasks_of
from portal.organisations.domain import requests
from portal.organisations.enums import MemberRole, RequestState
from portal.organisations.models import (
    Coordination,
    JoinRequest,
    Membership,
    Organisation,
    OrganisationRequest,
    PeopleRecord,
)
from portal.organisations.rules import coordinates, is_head
from tests.factories.organisations import OrganisationFactory, valid_inn
from tests.organisations.people.conftest import account, fresh, member

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
MODELS = [JoinRequest, OrganisationRequest, Membership, Coordination, PeopleRecord]


def screen(model, view, *args):
    return reverse(model.snippet_viewset.get_url_name(view), args=args)


def act(client, row, verb, **data):
    return client.post(screen(type(row), "act", verb, row.pk), data, follow=True).content.decode()


@pytest.fixture
def office(world, come):
    return come(world.moderator)


@pytest.fixture
def wish(world):
    return OrganisationRequest.objects.create(
        user=world.outsider,
        inn=valid_inn(41),
        name="МБДОУ «Новый сад»",
        municipality=world.municipality,
        settlement="х. Дальний",
        role=MemberRole.HEAD,
        due_at=timezone.now() + timedelta(days=3),
    )


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("role", ["moderator", "admin", "head", "coordinator", "outsider"])
def test_screens_are_for_the_office_alone(world, come, model, role):
    answer = come(getattr(world, role)).get(screen(model, "list"))
    assert answer.status_code == (200 if role in {"moderator", "admin"} else 404)


def test_first_screen_tells_what_nobody_else_decides(world, wish):
    requests.ask(world.garden, MemberRole.AUTHOR, user=world.outsider)
    requests.ask(OrganisationFactory(), MemberRole.AUTHOR, user=world.outsider)
    lines = {task.title: task for task in tasks_of(fresh(world.moderator))}
    assert lines["Запросы на участие"].count == 1
    assert lines["Новые организации"].count == 1
    assert "Запросы на участие" not in {task.title for task in tasks_of(fresh(world.author))}


def test_line_of_the_first_screen_leads_to_exactly_its_rows(world, office):
    requests.ask(world.garden, MemberRole.AUTHOR, user=world.outsider)
    lonely = requests.ask(OrganisationFactory(), MemberRole.AUTHOR, user=world.outsider)
    task = next(task for task in tasks_of(fresh(world.moderator)) if task.title == "Запросы на участие")
    assert list(office.get(task.url).context["object_list"]) == [lonely]


def test_moderator_is_told_in_words_that_the_head_decides_first(world, office):
    asked = requests.ask(world.garden, MemberRole.AUTHOR, user=world.outsider)
    assert "решает заведующий или координатор" in act(office, asked, "confirm")
    asked.refresh_from_db()
    assert asked.state == RequestState.PENDING


def test_moderator_confirms_and_refuses_by_buttons(world, office):
    first = requests.ask(OrganisationFactory(), MemberRole.AUTHOR, user=world.outsider)
    second = requests.ask(OrganisationFactory(), MemberRole.AUTHOR, user=world.outsider)
    act(office, first, "confirm")
    page = act(office, second, "refuse")
    assert "Почему отказ" in page  # nothing is refused without words
    act(office, second, "refuse", answer="Нет такого сотрудника.")
    states = JoinRequest.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == [RequestState.CONFIRMED, RequestState.REFUSED]


def test_new_organisation_is_entered_in_one_step_with_its_person(world, office, wish):
    form = office.get(screen(OrganisationRequest, "act", "enter", wish.pk)).content.decode()
    assert "Новый сад" in form
    assert wish.inn in form
    data = {"name": wish.name, "short_name": "Новый сад", "inn": wish.inn, "municipality": world.municipality.pk}
    act(office, wish, "enter", **data)
    assert is_head(fresh(world.outsider), Organisation.objects.get(inn=wish.inn).pk)


def test_organisation_that_is_there_already_is_opened_to_the_person(world, office, wish):
    meanwhile = OrganisationFactory(inn=wish.inn)
    listed = office.get(screen(OrganisationRequest, "list")).content.decode()
    assert "Есть в реестре" in listed
    act(office, wish, "attach")
    assert is_head(fresh(world.outsider), meanwhile.pk)


def test_moderator_appoints_by_mailbox_and_hears_of_an_unknown_one(world, office):
    address = screen(Membership, "add")
    data = {"organisation": world.garden.pk, "role": "head"}
    assert (
        "Учётной записи с этой почтой нет" in office.post(address, {**data, "email": "no@example.org"}).content.decode()
    )
    assert office.post(address, {**data, "email": "Outsider@example.org"}).status_code == 302
    assert is_head(fresh(world.outsider), world.garden.pk)


def test_refusal_of_the_verb_stands_over_the_form(world, office):
    closed = OrganisationFactory(closed_on=timezone.localdate())
    data = {"organisation": closed.pk, "role": "author", "email": world.outsider.email}
    answer = office.post(screen(Membership, "add"), data)
    assert answer.status_code == 200
    assert "новых людей в неё не принимают" in answer.content.decode()


def test_moderator_closes_access_and_the_last_head_only_knowingly(world, office):
    last = Membership.objects.get(user=world.head)
    assert "единственный руководитель" in act(office, last, "end")
    act(office, last, "end", leave_headless="on", comment="письмо учредителя")
    last.refresh_from_db()
    assert last.ended_at is not None


def test_coordinator_is_assigned_moved_and_taken_off(world, office):
    today = timezone.localdate()
    data = {"email": world.outsider.email, "municipality": world.municipality.pk, "since": today.isoformat()}
    last = today + timedelta(days=14)
    office.post(screen(Coordination, "add"), {**data, "until": last.isoformat()})
    row = Coordination.objects.get(user=world.outsider)
    assert (row.until, row.assigned_by) == (last, world.moderator)
    assert fresh(world.outsider).groups.filter(name=COORDINATORS).exists()
    assert "уже назначен" in office.post(screen(Coordination, "add"), data).content.decode()
    act(office, row, "days", since=today.isoformat(), until=today.isoformat())
    assert coordinates(fresh(world.outsider), world.municipality.pk)
    act(office, row, "end")
    assert not coordinates(fresh(world.outsider), world.municipality.pk)
    assert not fresh(world.outsider).groups.filter(name=COORDINATORS).exists()
    page = office.get(screen(PeopleRecord, "list")).content.decode()
    assert "Координатор назначен" in page or "координатор назначен" in page


@pytest.mark.parametrize("model", [JoinRequest, Membership, Coordination, PeopleRecord])
def test_lists_cost_the_same_for_one_row_and_for_thirty(world, office, model, django_assert_max_num_queries):
    def fill(number):
        for place in range(number):
            person = account(f"p{JoinRequest.objects.count()}-{place}", "Многочисленная")
            garden = OrganisationFactory()
            requests.ask(garden, MemberRole.AUTHOR, user=person)
            member(person, garden)
            Coordination.objects.create(user=person, municipality=garden.municipality)

    def cost():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as queries:
            assert office.get(screen(model, "list")).status_code == 200
        return len(queries)

    fill(1)
    cost()
    few = cost()
    fill(12)
    assert cost() == few
