"""How facts and dates become per cent and status."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest

from portal.roadmap.domain.progress import LASTING, Tally, assess, plan_progress, summarise
from portal.roadmap.enums import ItemStatus
from portal.roadmap.models import Fact, PlanItem

pytestmark = pytest.mark.unit

TODAY = dt.date(2022, 3, 15)
PLAN, ARCHIVE = SimpleNamespace(is_archived=False), SimpleNamespace(is_archived=True)


def item(pk=1, starts=(2022, 3, 1), ends=(2022, 3, 31), **values):
    return PlanItem(pk=pk, section_id=1, starts_on=dt.date(*starts), ends_on=dt.date(*ends), **values)


def found(item, confirmed=0, plan=PLAN, today=TODAY, events=None):
    tally = Tally(confirmed=confirmed, events=confirmed if events is None else events)
    return assess(item, tally, plan=plan, today=today)


@pytest.mark.parametrize(
    ("planned", "confirmed", "percent", "status"),
    [
        (3, 0, 0, ItemStatus.RUNNING),
        (3, 2, 66, ItemStatus.RUNNING),
        (3, 3, 100, ItemStatus.DONE),
        (3, 5, 100, ItemStatus.DONE),
        (None, 0, 0, ItemStatus.RUNNING),
        (None, 1, 100, ItemStatus.DONE),
    ],
)
def test_per_cent_is_the_share_of_the_plan_rounded_down(planned, confirmed, percent, status):
    progress = found(item(planned=planned), confirmed)
    assert (progress.percent, progress.status) == (percent, status)


@pytest.mark.parametrize(
    ("today", "status"),
    [
        (dt.date(2022, 2, 28), ItemStatus.NOT_STARTED),
        (dt.date(2022, 3, 1), ItemStatus.RUNNING),
        (dt.date(2022, 3, 31), ItemStatus.RUNNING),
        (dt.date(2022, 4, 1), ItemStatus.OVERDUE),
    ],
)
def test_without_facts_the_status_follows_the_dates(today, status):
    assert found(item(), today=today).status == status


def test_a_fact_before_the_term_means_that_the_work_goes_on():
    assert found(item(planned=3), 1, today=dt.date(2022, 2, 1)).status == ItemStatus.RUNNING
    assert found(item(planned=3), 0, events=1, today=dt.date(2022, 2, 1)).status == ItemStatus.RUNNING


@pytest.mark.parametrize(
    ("ends", "today", "status", "percent"),
    [
        ((2022, 3, 31), (2022, 3, 31), ItemStatus.DONE, 100),
        ((2022, 4, 1), (2022, 4, 1), ItemStatus.RUNNING, 0),
        ((2022, 4, 1), (2022, 4, 2), ItemStatus.DONE, 100),
    ],
)
def test_work_longer_than_a_month_without_a_number_is_done_when_its_term_is_over(ends, today, status, percent):
    progress = found(item(ends=ends), 1, today=dt.date(*today))
    assert (progress.status, progress.percent) == (status, percent)
    assert progress.explanation == (LASTING if status == ItemStatus.RUNNING else "")


def test_an_archived_plan_admits_that_nothing_is_known_and_says_what_is_known_at_once():
    later = dt.date(2023, 1, 1)
    silent = found(item(planned=3), plan=ARCHIVE, today=later)
    assert (silent.status, silent.public_status) == (ItemStatus.UNKNOWN, ItemStatus.UNKNOWN)
    partly = found(item(planned=3), 1, plan=ARCHIVE, today=later)  # its owner has not been warned
    assert (partly.status, partly.public_status, partly.percent) == (ItemStatus.OVERDUE, ItemStatus.OVERDUE, 33)


@pytest.mark.parametrize(
    ("days", "public"),
    [(None, ItemStatus.RUNNING), (0, ItemStatus.RUNNING), (2, ItemStatus.RUNNING), (3, ItemStatus.OVERDUE)],
)
def test_overdue_turns_public_three_days_after_the_warning(days, public):
    today = dt.date(2022, 5, 10)
    warned = None if days is None else today - dt.timedelta(days=days)
    progress = found(item(overdue_warned_on=warned), today=today)
    assert (progress.status, progress.public_status) == (ItemStatus.OVERDUE, public)


@pytest.mark.parametrize(
    ("override", "confirmed", "percent"),
    [
        (ItemStatus.DONE, 0, 100),
        (ItemStatus.NOT_STARTED, 2, 0),
        (ItemStatus.RUNNING, 3, 99),
        (ItemStatus.RUNNING, 1, 33),
        (ItemStatus.CANCELLED, 3, None),
    ],
)
def test_a_status_by_hand_agrees_with_the_per_cent_and_says_why(override, confirmed, percent):
    progress = found(item(planned=3, status_override=override, status_reason="Письмо комитета."), confirmed)
    assert (progress.status, progress.percent) == (override, percent)
    assert progress.explanation.startswith(f"Статус «{override.label}» поставлен вручную: Письмо комитета.")


def test_sections_and_the_plan_are_means_of_what_is_not_cancelled():
    items = [item(1, planned=3), item(2), item(3, status_override=ItemStatus.CANCELLED), item(4)]
    items[3].section_id = 2
    tallies = {1: Tally(2, 2), 2: Tally(1, 1), 3: Tally(), 4: Tally()}
    progress = summarise(items, tallies, plan=PLAN, today=TODAY)
    assert progress.sections == {1: 83, 2: 0}
    assert (progress.percent, progress.done, progress.total) == (55, 1, 3)


def test_a_section_whose_items_are_all_cancelled_has_no_per_cent():
    progress = summarise([item(1, status_override=ItemStatus.CANCELLED)], {1: Tally()}, plan=PLAN, today=TODAY)
    assert (progress.sections, progress.percent, progress.total) == ({1: None}, None, 0)


@pytest.mark.integration
@pytest.mark.django_db
@pytest.mark.parametrize("facts", [3, 1000])
def test_a_plan_of_23_items_is_read_by_two_queries_whatever_the_number_of_facts(
    facts, django_assert_num_queries, django_capture_on_commit_callbacks
):
    from tests.factories.roadmap import make_item, make_test_plan

    with django_capture_on_commit_callbacks(execute=True):
        plan = make_test_plan()
        items = [make_item(plan, planned=100) for _ in range(23)]
        Fact.objects.bulk_create(
            Fact(item=items[n % 23], source_key=f"x:{n}", title="Факт", on=dt.date(2022, 3, 2), state="confirmed")
            for n in range(facts)
        )
    plan_progress(plan, today=TODAY)  # what hides pages is remembered between requests
    with django_assert_num_queries(2):
        progress = plan_progress(plan, today=TODAY)
    assert sum(found.confirmed for found in progress.items.values()) == facts
