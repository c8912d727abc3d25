"""Pages of every state and the facts they leave."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from portal.core.models import Letter
from portal.roadmap.domain import facts, reconcile
from portal.roadmap.domain.errors import RoadmapError
from portal.roadmap.domain.progress import item_progress
from portal.roadmap.enums import FactState
from portal.roadmap.models import EvidenceLink, Fact, PlanChange
from tests.factories.people import make_account
from tests.factories.roadmap import make_item, make_test_plan, prove

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def in_march():
    with time_machine.travel(dt.datetime(2022, 3, 15, 9, tzinfo=dt.UTC), tick=True):
        yield


@pytest.fixture
def owner(db):
    return make_account("vladelec@example.org")


@pytest.fixture
def plan(owner):
    return make_test_plan(owner_user=owner)


@pytest.fixture
def item(plan):
    return make_item(plan, planned=3)


def counted(item):
    return item_progress(item).confirmed


def test_a_published_page_proposes_and_the_owner_counts(item, owner):
    page = prove([item], amount=2)
    fact = Fact.objects.get(item=item)
    assert (fact.state, fact.amount, fact.on, fact.page_id) == (FactState.PROPOSED, 2, page.date, page.pk)
    assert counted(item) == 0
    facts.confirm(fact, actor=owner)
    assert counted(item) == 2


def test_a_draft_proves_nothing(item):
    prove([item], publish=False)
    assert not Fact.objects.exists()


def test_links_of_a_draft_of_a_published_page_prove_nothing(item, plan):
    other = make_item(plan)
    page = prove([item])
    page.evidence_links.add(EvidenceLink(item=other))
    page.save_revision()
    reconcile.reconcile()
    assert Fact.objects.get().item == item


def test_one_event_for_two_items_counts_in_each_once(item, plan, owner):
    other = make_item(plan)
    page = prove([item, other])
    for fact in Fact.objects.all():
        facts.confirm(fact, actor=owner)
    page.save_revision().publish()
    facts.sync_page(page)
    reconcile.reconcile()
    assert Fact.objects.count() == 2
    assert (counted(item), counted(other)) == (1, 1)


def test_deleting_a_page_withdraws_its_facts_and_tells_the_owner(item, owner):
    page = prove([item])
    fact = facts.confirm(Fact.objects.get(), actor=owner)
    page.delete()
    fact.refresh_from_db()
    assert (fact.is_withdrawn, fact.page_id) == (True, None)
    assert counted(item) == 0
    letter = Letter.objects.get(kind="roadmap_withdrawn")
    assert letter.to == owner.email
    assert fact.title in letter.body


def test_an_unpublished_page_stops_counting_and_counts_again_unchanged(item, owner):
    page = prove([item], amount=2)
    fact = facts.confirm(Fact.objects.get(), actor=owner)
    page.unpublish()
    fact.refresh_from_db()
    assert (fact.is_withdrawn, fact.state, counted(item)) == (True, FactState.CONFIRMED, 0)
    page.save_revision().publish()
    assert counted(item) == 2


def test_another_amount_is_proposed_anew(item, owner):
    page = prove([item])
    facts.confirm(Fact.objects.get(), actor=owner)
    page = page.get_latest_revision_as_object()
    page.evidence_links.all()[0].amount = 3
    page.save_revision().publish()
    fact = Fact.objects.get()
    assert (fact.state, fact.amount, fact.decided_by) == (FactState.PROPOSED, 3, None)


def test_a_link_taken_off_withdraws_the_fact(item, owner):
    page = prove([item])
    facts.confirm(Fact.objects.get(), actor=owner)
    page = page.get_latest_revision_as_object()
    page.evidence_links.clear()
    page.save_revision().publish()
    assert (Fact.objects.get().is_withdrawn, counted(item)) == (True, 0)


def test_hiding_a_section_withdraws_what_stands_below_it(item, owner, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        page = prove([item])
        facts.confirm(Fact.objects.get(), actor=owner)
    with django_capture_on_commit_callbacks(execute=True):
        restriction = PageViewRestriction.objects.create(
            page=page.get_parent(), restriction_type=PageViewRestriction.LOGIN
        )
    assert (Fact.objects.get().is_withdrawn, counted(item)) == (True, 0)
    with django_capture_on_commit_callbacks(execute=True):
        restriction.delete()
    assert (Fact.objects.get().is_withdrawn, counted(item)) == (False, 1)
    with django_capture_on_commit_callbacks(execute=True):
        page.get_parent().specific.unpublish()
    assert (Fact.objects.get().is_withdrawn, counted(item)) == (True, 0)


def test_a_page_whose_time_ran_out_stops_counting_before_the_worker_comes(item, owner):
    page = prove([item])
    facts.confirm(Fact.objects.get(), actor=owner)
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - dt.timedelta(seconds=1))
    assert counted(item) == 0
    reconcile.reconcile()
    assert Fact.objects.get().is_withdrawn


def test_an_announced_event_is_confirmed_in_its_day_and_not_before(item, owner):
    prove([item], date=dt.date(2022, 3, 16))
    fact = Fact.objects.get()
    with pytest.raises(RoadmapError, match=r"состоится 16\.03\.2022"):
        facts.confirm(fact, actor=owner)
    with time_machine.travel(dt.datetime(2022, 3, 16, 0, 1)):
        facts.confirm(fact, actor=owner)


def test_a_plan_that_confirms_by_itself_counts_when_the_day_has_come(owner):
    plan = make_test_plan(owner_user=owner, confirms_by_itself=True)
    item = make_item(plan, planned=3)
    prove([item])
    assert counted(item) == 1
    prove([item], date=dt.date(2022, 3, 16))
    assert counted(item) == 1
    with time_machine.travel(dt.datetime(2022, 3, 16, 9)):
        reconcile.reconcile()
        assert counted(item) == 2


def test_an_alias_proves_nothing_more_than_its_source(item):
    page = prove([item])
    page.create_alias(update_slug="psevdonim")
    reconcile.reconcile()
    assert Fact.objects.count() == 1


def test_the_owner_is_told_once_of_what_counted_and_is_taken_down(item, plan, owner):
    other = make_item(plan)
    page = prove([item, other])
    for fact in Fact.objects.all():
        facts.confirm(fact, actor=owner)
    page.unpublish()
    letter = Letter.objects.get(kind="roadmap_withdrawn")
    assert letter.body.count(page.title) == 2
    page.save_revision().publish()
    facts.refuse(Fact.objects.first(), actor=owner, note="Не то.")
    Letter.objects.all().delete()
    page.refresh_from_db()
    page.unpublish()
    assert Letter.objects.get().body.count(page.title) == 1


def test_a_second_confirmation_changes_nothing(item, owner):
    prove([item])
    for _ in range(2):
        facts.confirm(Fact.objects.get(), actor=owner)
    assert PlanChange.objects.filter(item=item).count() == 1


def test_facts_are_decided_all_or_none(item, owner):
    prove([item])
    prove([item], date=dt.date(2022, 3, 20))
    with pytest.raises(RoadmapError, match="Ничего не изменено"):
        facts.decide_together(list(Fact.objects.all()), FactState.CONFIRMED, actor=owner)
    assert set(Fact.objects.values_list("state", flat=True)) == {FactState.PROPOSED}
