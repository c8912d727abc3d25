"""Two at once: real threads on the servers' database."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.db import connection, connections

from portal.roadmap.domain import facts
from portal.roadmap.domain.errors import RoadmapError
from portal.roadmap.domain.progress import item_progress
from portal.roadmap.models import Fact, PlanChange
from tests.factories.people import make_account
from tests.factories.roadmap import make_item, make_test_plan, prove

pytestmark = [
    pytest.mark.integration,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite writes one after another"),
]
TODAY = dt.date(2022, 3, 15)


def together(*calls):
    """Run the calls at one moment, each in a thread with a connection of its own; return what they raised."""
    start, raised = threading.Barrier(len(calls)), []

    def run(call):
        start.wait()
        try:
            call()
        except Exception as error:
            raised.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return raised


def test_two_confirmations_at_once_count_once_and_leave_one_line_of_history():
    owner = make_account("vladelec@example.org")
    item = make_item(make_test_plan(owner_user=owner), planned=3)
    prove([item])
    fact = Fact.objects.get()
    confirm = lambda: facts.confirm(Fact.objects.get(pk=fact.pk), actor=owner)  # noqa: E731
    assert together(confirm, confirm, confirm) == []
    assert PlanChange.objects.filter(item=item).count() == 1
    assert item_progress(item, today=TODAY).confirmed == 1


def test_one_source_recorded_at_once_makes_one_fact():
    item = make_item(make_test_plan(), planned=3)
    record = lambda: facts.record_fact(item, source_key="run:1", title="Прогон", on=TODAY)  # noqa: E731
    assert together(record, record, record) == []
    assert Fact.objects.count() == 1


def test_a_page_for_two_items_synchronised_and_decided_at_once_neither_stalls_nor_doubles():
    owner = make_account("vladelec@example.org")
    plan = make_test_plan(owner_user=owner)
    first, second = make_item(plan), make_item(plan)
    page = prove([second, first])
    both = list(Fact.objects.order_by("-item"))
    decide = lambda: facts.decide_together(both, "confirmed", actor=owner)  # noqa: E731
    raised = together(decide, lambda: facts.sync_page(page), lambda: facts.withdraw(Fact.objects.all()))
    assert all(isinstance(error, RoadmapError) for error in raised)  # what was withdrawn first cannot be counted
    facts.sync_page(page)
    assert Fact.objects.count() == 2
