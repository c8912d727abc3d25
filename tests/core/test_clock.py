from __future__ import annotations

import threading
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connections
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page

from portal.core import clock, scheduling, ticks
from portal.core.models import Duty, WorkerBeat
from portal.home.models import ContentPage

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
VOLGOGRAD = ZoneInfo("Europe/Volgograd")


@pytest.fixture
def duty(monkeypatch):
    """Register one duty and no other; `runs` counts."""
    monkeypatch.setattr(ticks, "_registered", {})
    runs = []

    def work():
        runs.append(timezone.now())

    ticks.every(1)(work)
    return runs


def later(minutes):
    Duty.objects.update(due_at=timezone.now() - timezone.timedelta(minutes=minutes))


def test_duty_runs_when_due_and_not_before(duty):
    clock.beat("one")
    clock.run_due("one")
    clock.run_due("one")
    assert len(duty) == 1
    later(0)
    clock.run_due("one")
    assert len(duty) == 2


def test_failing_duty_holds_up_no_other_and_is_tried_again(duty, caplog):
    def failing():
        raise ValueError("нет")

    ticks.every(1)(failing)
    clock.run_due("one")
    assert len(duty) == 1
    row = Duty.objects.get(name__endswith="failing")
    assert (row.failures, len(row.event_number), row.runner) == (1, 8, "")
    assert row.event_number in caplog.text
    later(0)
    clock.run_due("one")
    assert Duty.objects.get(name__endswith="failing").failures == 2


def test_duty_of_a_living_worker_is_left_to_it_and_of_a_killed_one_taken_over(duty):
    clock.run_due("one")
    later(0)
    Duty.objects.update(runner="one")
    clock.beat("one")
    assert clock.run_due("two") == []
    WorkerBeat.objects.update(seen_at=timezone.now() - 2 * clock.DEAD_AFTER)
    Duty.objects.update(started_at=timezone.now() - 2 * clock.DEAD_AFTER)
    clock.run_due("two")
    assert len(duty) == 2


def test_claim_just_made_stands_though_its_worker_was_not_seen_yet(duty):
    clock.run_due("one")
    later(0)
    Duty.objects.update(runner="newcomer", started_at=timezone.now())
    assert clock.run_due("two") == []


def test_stopped_worker_leaves_its_duty_at_once(duty):
    clock.run_due("one")
    later(0)
    Duty.objects.update(runner="one")
    clock.beat("one")
    clock.farewell("one")
    clock.run_due("two")
    assert len(duty) == 2


@pytest.mark.django_db(transaction=True)
def test_many_workers_do_a_duty_once(duty):
    clock.run_due("first")
    later(0)
    started = threading.Barrier(4)

    def worker(name):
        started.wait()
        clock.beat(name)
        clock.run_due(name)
        connections.close_all()

    threads = [threading.Thread(target=worker, args=(f"worker-{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(duty) == 2


def test_night_is_that_of_the_portal(settings):
    settings.TIME_ZONE = "Europe/Volgograd"
    tick = ticks.Tick("night", print, ticks.NIGHTLY)
    evening = datetime(2022, 3, 1, 23, 0, tzinfo=VOLGOGRAD)
    assert tick.next_after(evening) == datetime(2022, 3, 2, 3, 15, tzinfo=VOLGOGRAD)
    assert tick.next_after(datetime(2022, 3, 2, 3, 15, tzinfo=VOLGOGRAD)).date().day == 3


class TestAbandonedTasks:
    @pytest.fixture
    def task(self):
        """A task that a worker had begun a while ago."""
        return DBTaskResult.objects.create(
            status=TaskResultStatus.RUNNING,
            started_at=timezone.now() - 2 * clock.DEAD_AFTER,
            args_kwargs={"args": [], "kwargs": {}},
            task_path="portal.nothing",
            worker_ids=["killed"],
            backend_name="default",
            run_after=timezone.now(),
        )

    def status(self, task):
        task.refresh_from_db()
        return task.status

    def test_of_a_killed_worker_is_queued_again(self, task):
        assert clock.return_abandoned_tasks() == 1
        assert self.status(task) == TaskResultStatus.READY

    def test_of_a_living_worker_is_left_alone(self, task):
        clock.beat("killed")
        assert clock.return_abandoned_tasks() == 0
        assert self.status(task) == TaskResultStatus.RUNNING

    def test_that_kills_every_worker_is_given_up(self, task, caplog):
        task.worker_ids = ["a", "b", "c"]
        task.save()
        assert clock.return_abandoned_tasks() == 0
        assert self.status(task) == TaskResultStatus.FAILED
        assert "event" in caplog.text


class TestScheduledPublishing:
    @pytest.fixture
    def appointed(self, home):
        """Pages to be published a while ago."""

        def make(slug, minutes=1):
            page = home.add_child(instance=ContentPage(title=slug, slug=f"test-{slug}", live=False))
            page.go_live_at = timezone.now() + timezone.timedelta(hours=1)
            revision = page.save_revision(approved_go_live_at=page.go_live_at)
            past = timezone.now() - timezone.timedelta(minutes=minutes)
            revision.content["go_live_at"] = past.isoformat()
            revision.approved_go_live_at = past
            revision.save()
            return page

        return make

    def live(self):
        return set(Page.objects.filter(slug__startswith="test-", live=True).values_list("title", flat=True))

    def test_due_page_is_published(self, appointed):
        appointed("one")
        assert scheduling.publish_scheduled() == 1
        assert self.live() == {"one"}

    def test_one_failing_page_does_not_hold_up_the_rest(self, appointed, monkeypatch, caplog):
        for slug in ("one", "bad", "two"):
            appointed(slug)
        publish = ContentPage.publish

        def refuse(self, *args, **kwargs):
            if self.title == "bad":
                raise ValueError("согласия нет")
            return publish(self, *args, **kwargs)

        monkeypatch.setattr(ContentPage, "publish", refuse)
        with pytest.raises(scheduling.SchedulingError):
            scheduling.publish_scheduled()
        assert self.live() == {"one", "two"}
        assert "event" in caplog.text

    def test_late_publishing_is_logged(self, appointed, caplog):
        appointed("one", minutes=30)
        scheduling.publish_scheduled()
        assert "30 minutes late" in caplog.text

    def test_expired_page_is_taken_down(self, home):
        past = timezone.now() - timezone.timedelta(minutes=1)
        home.add_child(instance=ContentPage(title="old", slug="test-old", expire_at=past))
        assert scheduling.publish_scheduled() == 1
        assert self.live() == set()
