"""Who answers for items is reminded before their term, once for a day's items, until facts are there."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from portal.core.models import Letter, Notice
from portal.mailing.domain.reminding import remind
from portal.roadmap.domain import facts
from portal.roadmap.domain.due import items_due
from portal.roadmap.models import Fact
from tests.factories.people import make_account
from tests.factories.roadmap import make_item, make_test_plan, prove

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def owner(db):
    return make_account("vladelec@example.org")


@pytest.fixture
def plan(owner):
    with time_machine.travel(dt.datetime(2022, 3, 1, 9)):
        return make_test_plan(owner_user=owner)


def on(day, month=3):
    with time_machine.travel(dt.datetime(2022, month, day, 9, tzinfo=dt.UTC), tick=False):
        return remind()


def proven(item, owner, *, day):
    with time_machine.travel(dt.datetime(2022, 3, day, 9)):
        prove([item])
        facts.confirm(Fact.objects.get(), actor=owner)


def test_owner_is_reminded_of_all_items_of_a_day_together_and_once(plan, owner):
    make_item(plan, planned=2)
    make_item(plan, planned=1)
    assert on(20) == 0
    assert on(24) == 1
    assert on(25) == 0
    letter = Letter.objects.get(kind="roadmap_due")
    assert letter.to == owner.email
    assert letter.body.count("- пункт ") == 2
    assert "через 7 дней" in letter.body
    assert Notice.objects.get().title == "Дорожная карта, пункты не выполнены: срок через 7 дней, 31 марта"


def test_item_with_its_facts_is_no_reason_to_write(plan, owner):
    item = make_item(plan, planned=1)
    assert on(24) == 1
    proven(item, owner, day=26)
    assert on(30) == 0


def test_work_that_lasts_and_has_a_fact_is_no_reason_to_write(plan, owner):
    item = make_item(plan, starts_on=dt.date(2022, 1, 1))
    proven(item, owner, day=20)
    assert on(24) == 0


def test_item_with_a_person_of_its_own_is_told_to_that_person(plan, owner):
    person = make_account("punkt@example.org")
    make_item(plan, planned=1, responsible_user=person)
    on(24)
    assert list(Notice.objects.values_list("user", flat=True)) == [person.pk]


def test_plan_that_is_not_published_reminds_nobody(plan):
    make_item(plan, planned=1)
    plan.unpublish()
    assert on(24) == 0


@pytest.mark.parametrize("number", [1, 20])
def test_price_of_asking_does_not_grow_with_the_items(plan, number, django_assert_num_queries):
    for _ in range(number):
        make_item(plan, planned=3)
    with (
        time_machine.travel(dt.datetime(2022, 3, 24, 9), tick=False),
        django_assert_num_queries(10),
    ):
        assert len(list(items_due(dt.datetime(2022, 4, 1, tzinfo=dt.UTC)))) == 1
