"""Plans of the demonstration: the approved one has its owner, the current one is copied from it and is under way."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from portal.accounts.models import User
from portal.demo.accounts import load_accounts
from portal.demo.evidence import ARCHIVE, current_plan_slug
from portal.demo.ledger import Ledger
from portal.demo.remove import remove_demo
from portal.demo.roadmap import load_plans
from portal.news.models import NewsPage
from portal.roadmap.domain.progress import plan_progress
from portal.roadmap.enums import ItemStatus
from portal.roadmap.models import EvidenceLink, Fact, PlanChange, PlanItem, RoadmapPage
from practices.models import PracticePage

pytestmark = [pytest.mark.integration, pytest.mark.usefixtures("db")]


def current():
    return RoadmapPage.objects.get(slug=current_plan_slug(timezone.localdate()))


def test_the_current_plan_is_the_approved_one_in_the_months_of_this_school_year(loaded):
    plan = current()
    assert (plan.starts_on.month, plan.is_demo, plan.is_archived, plan.confirms_by_itself) == (9, True, False, False)
    assert plan.starts_on <= timezone.localdate() <= plan.ends_on
    words = lambda page: list(page.items.values_list("number_text", "title_text", "result_text"))  # noqa: E731
    assert words(plan) == words(RoadmapPage.objects.get(slug=ARCHIVE))
    fifteenth = plan.items.get(position=15)
    assert (fifteenth.period_text, fifteenth.planned) == ("1 раз в квартал", 3)


def test_one_person_owns_both_plans(loaded):
    owner = User.objects.get(email="owner@example.org")
    assert set(owner.owned_plans.values_list("slug", flat=True)) == {ARCHIVE, current().slug}
    assert RoadmapPage.objects.get(slug=ARCHIVE).get_latest_revision_as_object().owner_user == owner


def test_an_owner_that_people_named_stays(db):
    boss = User.objects.create_user(email="boss@example.org", password="portal-test-2022")
    RoadmapPage.objects.filter(slug=ARCHIVE).update(owner_user=boss)
    ledger = Ledger()
    list(load_accounts(ledger))
    list(load_plans(ledger))
    assert RoadmapPage.objects.get(slug=ARCHIVE).owner_user == boss


def test_the_archive_is_proved_by_news_and_practices_of_its_period(loaded):
    facts = Fact.objects.filter(item__plan__slug=ARCHIVE)
    assert {fact.on.year for fact in facts} <= {2021, 2022}
    by_item = lambda place: facts.filter(item__position=place).count()  # noqa: E731
    practices = facts.filter(item__position=11, page__in=PracticePage.objects.values("pk"))
    assert practices.count() == PracticePage.objects.live().count()
    assert by_item(15) == 4  # a meeting of each quarter; the news of the last one adds nothing
    assert all(by_item(place) >= 1 for place in (1, 5, 12, 13, 14, 15, 16, 17, 18))
    progress = plan_progress(RoadmapPage.objects.get(slug=ARCHIVE))
    places = {item.pk: item.position for item in PlanItem.objects.filter(plan__slug=ARCHIVE)}
    done = {places[pk] for pk, item in progress.items.items() if item.status == ItemStatus.DONE}
    assert {1, 5, 11, 13, 14, 16, 17, 18} <= done
    assert all(item.status in ItemStatus.values for item in progress.items.values())


def test_fresh_facts_wait_for_the_owner_of_the_current_plan_and_older_ones_are_counted(loaded):
    facts = Fact.objects.filter(item__plan=current(), page__isnull=False)
    two_weeks_ago = timezone.localdate() - dt.timedelta(days=14)
    assert set(facts.filter(on__gt=two_weeks_ago).values_list("state", flat=True)) == {"proposed"}
    counted = facts.filter(on__lte=two_weeks_ago)
    assert set(counted.values_list("state", "decided_by__email")) == {("confirmed", "owner@example.org")}


def test_the_current_plan_tells_of_updates_and_a_moved_term(loaded):
    plan = current()
    assert Fact.objects.filter(item__plan=plan, source_key__startswith="manual:").count() == 3
    moved = PlanChange.objects.get(plan=plan, kind="dates")
    assert moved.order_number == "14" and moved.item.position == 18 and moved.order_date >= plan.starts_on
    assert dict(plan.items.exclude(planned=None).values_list("position", "planned"))[11] == 20


@pytest.mark.parametrize("day", ["2026-09-01", "2027-01-15", "2027-08-31", "2028-02-29"])
def test_on_any_day_the_plan_of_that_school_year_is_made(db, time_machine, day):
    time_machine.move_to(f"{day} 12:00:00+03:00", tick=False)
    ledger = Ledger()
    list(load_accounts(ledger))
    assert list(load_plans(ledger)) == []
    plan = current()
    assert plan.starts_on <= dt.date.fromisoformat(day) <= plan.ends_on
    assert all(fact.on >= plan.starts_on for fact in Fact.objects.filter(item__plan=plan))


def test_loading_again_makes_nothing_and_a_deleted_plan_stays_deleted(loaded):
    current().delete()
    assert list(load_plans(Ledger())) == []
    assert not RoadmapPage.objects.filter(is_demo=True).exists()


def test_removal_leaves_the_approved_plan_as_the_setup_made_it(loaded):
    from portal.core.models import Letter

    letters = Letter.objects.count()
    list(remove_demo())
    assert list(RoadmapPage.objects.values_list("slug", flat=True)) == [ARCHIVE]
    assert RoadmapPage.objects.get().owner_user is None
    assert RoadmapPage.objects.get().items.count() == 23
    assert not Fact.objects.exists() and not EvidenceLink.objects.exists() and not PlanChange.objects.exists()
    assert Letter.objects.count() == letters


def test_pages_name_the_items_they_prove(loaded, client):
    page = NewsPage.objects.get(slug="razrabotan-dnevnik-stazhirovki")
    assert f'href="/roadmap/{ARCHIVE}/18/"' in client.get(page.url).content.decode()
