"""What the worker throws away at night: finished tasks, ended sessions, old counters, expired cache files."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import caches
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from portal.core.filecache import PortalFileCache
from portal.core.models import LimitHit

KEEP_TASKS = timedelta(days=7)
KEEP_FAILED_TASKS = timedelta(days=60)
KEEP_HITS = timedelta(days=2)  # no limit looks further back than a day


def prune_tasks() -> int:
    """Delete results of tasks done a week ago and of tasks failed two months ago; return how many."""
    now = timezone.now()
    done = DBTaskResult.objects.filter(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=now - KEEP_TASKS)
    failed = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED, finished_at__lt=now - KEEP_FAILED_TASKS)
    return done.delete()[0] + failed.delete()[0]


def prune_limits() -> int:
    """Delete counted attempts that no limit looks at any more; return how many."""
    return LimitHit.objects.filter(at__lt=timezone.now() - KEEP_HITS).delete()[0]


def prune_sessions() -> None:
    """Delete sessions that have run out."""
    SessionStore.clear_expired()


def prune_cache_files() -> int:
    """Delete expired files of the file cache, which Django itself deletes only when asked for them again."""
    return sum(cache.prune() for cache in caches.all(initialized_only=False) if isinstance(cache, PortalFileCache))
