"""Files of a plan: made by the worker when somebody asks, kept under the fingerprint of what they say.

A file is given out only while its fingerprint is that of the plan now: what was taken down, moved or renamed a second
ago is in no file that anybody gets.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
from dataclasses import asdict

from django.conf import settings
from django.core.cache import cache
from django.http import QueryDict
from django.utils import timezone
from django_tasks import task

from portal.core import limits
from portal.core.exports import write_xlsx
from portal.core.listing import address
from portal.roadmap.domain.choices import PlanFilter
from portal.roadmap.domain.reading import PlanView, plan_view
from portal.roadmap.domain.report import Report, make_report
from portal.roadmap.domain.sheet import COLUMNS
from portal.roadmap.models import RoadmapPage

KEPT_SECONDS = 24 * 3600
ORDER_AGAIN_SECONDS = 30
ORDERS_A_MINUTE = 30
KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def report_of(plan: PlanView, chosen: PlanFilter) -> Report:
    """Return the report with the portal's own addresses."""
    return make_report(plan, chosen, site_url=settings.SITE_URL)


def find_or_order(plan: PlanView, chosen: PlanFilter, kind: str) -> bytes | None:
    """Return the file, or None after asking the worker for it; asked in vain again, it is ordered twice a minute."""
    digest = _digest(report_of(plan, chosen), kind)
    content = cache.get(_key(digest))
    if content is None and _may_order(digest):
        build_plan_file.enqueue(plan.pk, kind, address("", [*chosen.params, *chosen.period.params]).lstrip("?"))
        content = cache.get(_key(digest))  # where tasks are done at once it is there already
    return content


def _may_order(digest: str) -> bool:
    """One order of a file in a while, and so many of all: every period is another file, and the queue is everybody's."""
    if not cache.add(f"portal:plan-file-ordered:{digest}", 1, ORDER_AGAIN_SECONDS):
        return False
    return limits.hit("plan-file", "portal", limit=ORDERS_A_MINUTE, per_seconds=60)


@task()
def build_plan_file(plan_pk: int, kind: str, query: str) -> None:
    """Make a file of a plan; safe to repeat after a kill. Nothing happens where the plan is gone."""
    plan = RoadmapPage.objects.filter(pk=plan_pk).first()
    if plan is None:
        return
    shown = plan_view(plan)
    report = report_of(shown, PlanFilter.read(QueryDict(query), shown))
    cache.set(_key(_digest(report, kind)), _render(report, kind), KEPT_SECONDS)


def _key(digest: str) -> str:
    return f"portal:plan-file:{digest}"


def _digest(report: Report, kind: str) -> str:
    content = json.dumps([kind, asdict(report)], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()


def _render(report: Report, kind: str) -> bytes:
    if kind == "xlsx":
        file = io.BytesIO()
        write_xlsx(file, list(COLUMNS.values()), report.rows, sheet_title=report.plan)
        return file.getvalue()
    from portal.roadmap.plan_files.docx import render_docx  # noqa: PLC0415 - python-docx belongs to the worker (SPEED)

    made_on = timezone.make_aware(dt.datetime.combine(dt.date.fromisoformat(report.day), dt.time()))
    return render_docx(report, made_on=made_on)
