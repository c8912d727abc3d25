"""/healthz: can this process serve, and does the rest of the portal work?

503 means that requests fail here: a load balancer should look elsewhere. What lets pages be served but needs a person
(a worker that stands still, letters that do not leave, a search server that is away) is 200 with `degraded`: taking
every web process out of service would not mend it.
"""

from __future__ import annotations

import functools
import logging
import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.cache import cache
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.search.backends import get_search_backend

from portal.core.models import Duty, Letter, WorkerBeat
from portal.core.models.letters import LetterStatus

logger = logging.getLogger("portal.health")
TICK_LATE = timedelta(minutes=3)
LETTER_LATE = timedelta(minutes=15)
SEARCH_SECONDS = 1
Report = dict[str, Any]


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer with the state of every part; at most four queries, nothing secret."""
    vital: list[tuple[str, Callable[[], Report]]] = [("database", _database), ("cache", _cache)]
    others: list[tuple[str, Callable[[], Report]]] = [("search", _search), ("worker", _worker), ("letters", _letters)]
    checks = {name: _guard(check) for name, check in vital}
    if checks["database"]["ok"]:
        checks |= {name: _guard(check) for name, check in others}
    serves = all(checks[name]["ok"] for name, _ in vital)
    status = "error" if not serves else "ok" if all(check["ok"] for check in checks.values()) else "degraded"
    return JsonResponse({"status": status, "checks": checks}, status=200 if serves else 503)


def _guard(check: Callable[[], Report]) -> Report:
    try:
        return check()
    except Exception as error:  # whatever a service raises, the answer is that it is away; its words may hold secrets
        logger.warning("check %s failed", check.__name__, exc_info=True)
        if isinstance(error, DatabaseError | InterfaceError):
            connection.close()
        return {"ok": False, "error": type(error).__name__}


@functools.cache
def _latest_migrations() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).graph.leaf_nodes())


def _database() -> Report:
    applied = set(MigrationRecorder.Migration.objects.values_list("app", "name"))
    pending = len(_latest_migrations() - applied)
    return {"ok": not pending, "vendor": connection.vendor, "migrations_pending": pending}


def _cache() -> Report:
    probe = secrets.token_hex(4)
    cache.set(f"healthz:{probe}", probe, 10)
    kept = cache.get(f"healthz:{probe}") == probe
    cache.delete(f"healthz:{probe}")
    return {"ok": kept}


def _search() -> Report:
    backend = get_search_backend()
    server = getattr(backend, "es", None)
    if server is None:
        return {"ok": True, "engine": "database"}
    return {"ok": bool(server.options(request_timeout=SEARCH_SECONDS).ping()), "engine": "elasticsearch"}


def _worker() -> Report:
    now = timezone.now()
    seen = WorkerBeat.objects.order_by("-seen_at").values_list("seen_at", flat=True).first()
    duties = list(Duty.objects.all())
    late = [duty for duty in duties if duty.due_at < now - TICK_LATE]
    failing = {duty.name: duty.event_number for duty in duties if duty.event_number}
    finished = [duty.finished_at for duty in duties if duty.finished_at]
    return {
        "ok": bool(seen and seen > now - TICK_LATE and duties and not late and not failing),
        "last_beat_seconds": round((now - seen).total_seconds()) if seen else None,
        "last_tick_seconds": round((now - max(finished)).total_seconds()) if finished else None,
        "late": [duty.name for duty in late],
        "failing_events": failing,
    }


def _letters() -> Report:
    now = timezone.now()
    stuck = Letter.objects.filter(
        status__in=[LetterStatus.QUEUED, LetterStatus.SENDING], created_at__lt=now - LETTER_LATE
    ).count()
    return {"ok": not stuck, "stuck": stuck}
