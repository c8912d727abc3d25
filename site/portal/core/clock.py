"""The worker's clock: runs each duty when it is due, once whatever the number of workers, and outlives kills.

A duty is claimed by one conditional UPDATE. A claim counts while its worker's heartbeat does, so what a killed
worker was doing is taken over by the next one within a minute; the same holds for queued tasks it had begun.
"""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Callable
from datetime import timedelta

from django.db import close_old_connections, connection
from django.db.models import Q
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from portal.core import ticks
from portal.core.models import Duty, WorkerBeat

logger = logging.getLogger("portal.worker")

BEAT_SECONDS = 10
DEAD_AFTER = timedelta(seconds=45)
POLL_SECONDS = 3
MOST_STARTS = 3  # a task that killed its worker as often is not begun again


def beat(worker_id: str) -> None:
    """Say that this worker is alive."""
    now = timezone.now()
    if not WorkerBeat.objects.filter(worker_id=worker_id).update(seen_at=now):
        WorkerBeat.objects.get_or_create(worker_id=worker_id, defaults={"seen_at": now})


def farewell(worker_id: str) -> None:
    """Say that this worker stops, so that others need not wait for its heartbeat to grow old."""
    WorkerBeat.objects.filter(worker_id=worker_id).delete()
    Duty.objects.filter(runner=worker_id).update(runner="")


def _alive() -> list[str]:
    return list(WorkerBeat.objects.filter(seen_at__gt=timezone.now() - DEAD_AFTER).values_list("worker_id", flat=True))


def run_due(worker_id: str) -> list[str]:
    """Run every duty that is due and that no living worker runs; return the names of those run.

    A duty that raises is logged with an event number and tried again later; the others go on.
    """
    due = _due()
    return [tick.name for tick in due if _claim(tick, worker_id) and _run(tick, worker_id)]


def _due() -> list[ticks.Tick]:
    known = {duty.name: duty for duty in Duty.objects.all()}
    now = timezone.now()
    for tick in ticks.registered():
        if tick.name not in known:
            first = now if tick.period != ticks.NIGHTLY else tick.next_after(now)
            known[tick.name], _ = Duty.objects.get_or_create(name=tick.name, defaults={"due_at": first})
    return [tick for tick in ticks.registered() if known[tick.name].due_at <= now]


def _claim(tick: ticks.Tick, worker_id: str) -> bool:
    now = timezone.now()
    # A claim just made stands whoever made it: the first heartbeat of its worker may be newer than the list of the living.
    left = Q(started_at__lt=now - DEAD_AFTER) & ~Q(runner__in=_alive())
    free = Q(runner="") | left
    claimed = Duty.objects.filter(free, name=tick.name, due_at__lte=now).update(runner=worker_id, started_at=now)
    return bool(claimed)


def _run(tick: ticks.Tick, worker_id: str) -> bool:
    own = Duty.objects.filter(name=tick.name, runner=worker_id)
    try:
        tick.run()
    except Exception:
        event = secrets.token_hex(4)
        logger.exception("event %s: duty %s failed", event, tick.name)
        if not connection.in_atomic_block:
            close_old_connections()  # the duty may have failed because the database went away
        failures = (own.values_list("failures", flat=True).first() or 0) + 1
        own.update(runner="", failures=failures, event_number=event, due_at=tick.retry_after(timezone.now()))
        return True
    now = timezone.now()
    own.update(runner="", failures=0, event_number="", finished_at=now, due_at=tick.next_after(now))
    return True


def return_abandoned_tasks() -> int:
    """Put tasks whose worker was killed back into the queue; return how many.

    A task begun MOST_STARTS times is marked failed instead: it may be what kills the workers.
    """
    alive = set(_alive())
    returned = 0
    for task in DBTaskResult.objects.filter(
        status=TaskResultStatus.RUNNING, started_at__lt=timezone.now() - DEAD_AFTER
    ):
        if task.worker_ids and task.worker_ids[-1] in alive:
            continue
        still = DBTaskResult.objects.filter(pk=task.pk, status=TaskResultStatus.RUNNING, started_at=task.started_at)
        if len(task.worker_ids) >= MOST_STARTS:
            event = secrets.token_hex(4)
            logger.error("event %s: task %s was given up after %d starts", event, task.task_path, len(task.worker_ids))
            still.update(
                status=TaskResultStatus.FAILED,
                finished_at=timezone.now(),
                exception_class_path="builtins.RuntimeError",
                traceback=f"event {event}: the worker was killed {len(task.worker_ids)} times while running it",
            )
        elif still.update(status=TaskResultStatus.READY, started_at=None):
            logger.warning("task %s was left by a killed worker and is queued again", task.task_path)
            returned += 1
    return returned


def forget_dead_workers() -> None:
    """Delete heartbeats that stopped an hour ago: nothing is claimed by them any more."""
    WorkerBeat.objects.filter(seen_at__lt=timezone.now() - timedelta(hours=1)).delete()


class Clock:
    """Two threads beside the worker's tasks, each with its own database connection: heartbeat, and duties."""

    def __init__(self, worker_id: str) -> None:
        self.worker_id = worker_id
        self._stop = threading.Event()
        self._threads = [
            threading.Thread(target=self._repeat, args=(step, pause), name=name, daemon=True)
            for name, step, pause in (
                ("heartbeat", lambda: beat(worker_id), BEAT_SECONDS),
                ("duties", lambda: run_due(worker_id), POLL_SECONDS),
            )
        ]

    def start(self) -> None:
        """Announce the worker and start both threads."""
        beat(self.worker_id)
        for thread in self._threads:
            thread.start()

    def stop(self, *, timeout: float = 8) -> None:
        """Ask both threads to end after what they are doing, and wait at most `timeout` seconds in all."""
        self._stop.set()
        for thread in self._threads:
            thread.join(timeout / len(self._threads))
        farewell(self.worker_id)

    def _repeat(self, step: Callable[[], object], pause: float) -> None:
        while not self._stop.wait(0):
            close_old_connections()
            try:
                step()
            except Exception:  # a database that went away comes back; the thread must be there then
                logger.exception(
                    "event %s: the clock's %s stumbled", secrets.token_hex(4), threading.current_thread().name
                )
            finally:
                close_old_connections()
            self._stop.wait(pause)
