"""Pages of people cost the same number of queries for few rows and for many."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.organisations.domain import invitations, requests
from portal.organisations.enums import MemberRole
from tests.factories.organisations import OrganisationFactory
from tests.organisations.people.conftest import account, member

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
BUDGET = 14


def fill(world, number, start):
    for place in range(start, start + number):
        person = account(f"person{place}", f"Многочисленная{place}")
        garden = OrganisationFactory(municipality=world.municipality)
        member(person, world.garden)
        member(world.head, garden)
        requests.ask(world.garden, MemberRole.AUTHOR, user=account(f"asks{place}", f"Просящая{place}"))
        invitations.invite(world.garden, f"guest{place}@example.org", MemberRole.AUTHOR, actor=world.head)


def test_lists_of_the_cabinet_cost_the_same_for_one_row_and_for_many(world, come, monkeypatch):
    monkeypatch.setattr(invitations, "PER_ORGANISATION", 1000)
    pages = {
        "tasks": (world.head, reverse("cabinet")),
        "mine": (world.head, reverse("my_organisations")),
        "people": (world.head, reverse("organisation_people", args=[world.garden.slug])),
        "municipality": (world.coordinator, reverse("municipality_people", args=[world.municipality.slug])),
        "find": (world.outsider, reverse("find_organisation") + "?q=сад"),
    }
    clients = {name: come(person) for name, (person, _page) in pages.items()}

    def costs():
        found = {}
        for name, (_person, page) in pages.items():
            clients[name].get(page)  # what is read once per version is read here
            with CaptureQueriesContext(connection) as queries:
                assert clients[name].get(page).status_code == 200
            found[name] = len(queries)
        return found

    fill(world, 1, 0)
    few = costs()
    fill(world, 12, 1)
    assert costs() == few
    assert max(few.values()) <= BUDGET, few
