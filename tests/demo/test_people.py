"""The demonstration's accounts stand where the guide to it says."""

from __future__ import annotations

import pytest

from portal.accounts.models import User
from portal.demo.people import kindergartens
from portal.demo.remove import remove_demo
from portal.organisations.models import Coordination, Membership, Organisation
from portal.organisations.rules import standing
from practices.models import PracticePage

pytestmark = [pytest.mark.integration, pytest.mark.usefixtures("db")]


def who(name):
    return standing(User.objects.get(email=f"{name}@example.org"))


def test_head_author_colleague_and_one_expert_belong_to_one_kindergarten_with_practices(loaded):
    first, _second = kindergartens()
    assert PracticePage.objects.published().filter(organisation=first).exists()
    for name in ("head", "author", "colleague", "expert2"):
        assert who(name).organisations == {first.pk}
    assert who("head").headed == {first.pk}
    assert not who("author").headed


def test_second_author_belongs_to_another_kindergarten_of_another_municipality(loaded):
    first, second = kindergartens()
    assert who("author2").organisations == {second.pk}
    assert first.municipality != second.municipality
    assert who("mouo").municipalities == {first.municipality_id}
    assert who("mouo2").municipalities == {second.municipality_id}


def test_other_experts_belong_to_the_academy_of_no_municipality(loaded):
    places = {name: who(name).organisations for name in ("expert1", "expert3", "expert4")}
    (academy,) = set.union(*map(set, places.values()))
    assert Organisation.objects.get(pk=academy).municipality is None
    assert all(places.values())


def test_removal_takes_the_places_with_the_accounts(loaded):
    list(remove_demo())
    assert not Membership.objects.exists()
    assert not Coordination.objects.exists()
    assert not Organisation.objects.filter(is_demo=True).exists()


def test_kindergarten_that_a_real_person_joined_stays_and_says_who_holds_it(loaded):
    first, _second = kindergartens()
    person = User.objects.create_user("real@example.org", last_name="Настоящая")
    Membership.objects.create(user=person, organisation=first)
    lines = list(remove_demo())
    assert any(str(first) in line and "Настоящая" in line for line in lines)
    assert list(Organisation.objects.filter(is_demo=True)) == [first]
