from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from portal.core import clock
from portal.core.models import Duty, Letter, WorkerBeat

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def ask(client):
    def get():
        answer = client.get("/healthz")
        return answer.status_code, answer.json()

    return get


@pytest.fixture
def at_work():
    """A worker that has just done its round."""
    clock.beat("worker")
    now = timezone.now()
    Duty.objects.create(name="duty", due_at=now + timezone.timedelta(minutes=1), finished_at=now)


def test_all_is_well(ask, at_work):
    status, report = ask()
    assert (status, report["status"]) == (200, "ok")
    assert set(report["checks"]) == {"database", "cache", "search", "worker", "letters"}


def test_it_is_cheap_and_never_kept(client, at_work, django_assert_max_num_queries):
    client.get("/healthz")
    with django_assert_max_num_queries(4):
        assert "no-store" in client.get("/healthz").headers["Cache-Control"]


def test_pending_migration_is_an_error(ask, at_work):
    MigrationRecorder.Migration.objects.filter(app="core").delete()
    status, report = ask()
    assert (status, report["status"]) == (503, "error")
    assert report["checks"]["database"]["migrations_pending"] == 1


def test_lost_cache_is_an_error_without_its_words(ask, at_work, monkeypatch):
    def away(*args, **kwargs):
        raise ConnectionError("redis://:password@cache:6379 refused")

    for name in ("get", "add", "set"):
        monkeypatch.setattr(cache, name, away)
    status, report = ask()
    assert status == 503
    assert report["checks"]["cache"] == {"ok": False, "error": "ConnectionError"}
    assert "password" not in str(report)


def test_silent_worker_is_told_but_pages_are_served(ask, at_work):
    WorkerBeat.objects.update(seen_at=timezone.now() - timezone.timedelta(minutes=5))
    status, report = ask()
    assert (status, report["status"], report["checks"]["worker"]["ok"]) == (200, "degraded", False)


def test_failing_duty_is_told_with_its_event_number(ask, at_work):
    Duty.objects.update(event_number="deadbeef", failures=1)
    assert ask()[1]["checks"]["worker"]["failing_events"] == {"duty": "deadbeef"}


def test_letter_that_does_not_leave_is_told(ask, at_work):
    Letter.objects.create(kind="test", to="a@example.org", subject="Тема", body="Текст")
    assert ask()[1]["status"] == "ok"
    Letter.objects.update(created_at=timezone.now() - timezone.timedelta(minutes=20))
    assert ask()[1]["checks"]["letters"] == {"ok": False, "stuck": 1}
