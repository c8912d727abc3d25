"""Files of a plan under the filters of the address: DOCX and XLSX from the worker, CSV, JSON and a calendar at once."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import content_disposition_header

from portal.core.calendars import calendar_response
from portal.core.exports import export_response
from portal.roadmap.domain import calendar
from portal.roadmap.domain.choices import PlanFilter
from portal.roadmap.domain.downloads import KINDS, find_or_order, report_of
from portal.roadmap.domain.reading import PlanView, plan_view, public_plan
from portal.roadmap.domain.sheet import COLUMNS
from portal.roadmap.models import PlanChange, RoadmapPage

RETRY_SECONDS = 2


def export(request: HttpRequest, slug: str, fmt: str) -> HttpResponseBase:
    """Give the items of a public plan that the address asks for as a file; a stranger's plan is a 404."""
    page = public_plan(slug)
    if page is None or fmt not in (*KINDS, "csv", "json", "ics"):
        raise Http404
    plan = plan_view(page)
    chosen = PlanFilter.read(request.GET, plan)
    if fmt == "ics":
        return _calendar(page, plan, chosen)
    if fmt == "json":
        return _json(plan, chosen)
    if fmt == "csv":
        return export_response("csv", plan.title, list(COLUMNS.values()), report_of(plan, chosen).rows)
    return _built(request, plan, chosen, fmt)


def _built(request: HttpRequest, plan: PlanView, chosen: PlanFilter, kind: str) -> HttpResponse:
    content = find_or_order(plan, chosen, kind)
    if content is None:
        response = render(request, "roadmap/file_pending.html", {"plan": plan, "kind": kind.upper()}, status=202)
        response.headers["Retry-After"] = response.headers["Refresh"] = str(RETRY_SECONDS)
        response.headers["Cache-Control"] = "no-store"
        return response
    name = f"{plan.title} {chosen.period.words}".strip() + f" {plan.day:%Y-%m-%d}.{kind}"
    answer = HttpResponse(content, content_type=KINDS[kind])
    answer.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _json(plan: PlanView, chosen: PlanFilter) -> JsonResponse:
    answer = JsonResponse(plan_data(plan, chosen), json_dumps_params={"ensure_ascii": False})
    answer.headers["Content-Disposition"] = content_disposition_header(True, f"{plan.slug}.json") or "attachment"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def plan_data(plan: PlanView, chosen: PlanFilter) -> dict[str, Any]:
    """Return a plan as JSON gives it: the document's cells beside dates, quantities, status and evidence."""
    report = report_of(plan, chosen)
    return {
        "title": plan.title,
        "document_title": plan.document_title,
        "url": settings.SITE_URL + plan.url,
        "starts_on": plan.starts_on.isoformat(),
        "ends_on": plan.ends_on.isoformat(),
        "day": report.day,
        "done": plan.done,
        "total": plan.total,
        "percent": plan.percent,
        "sections": [
            {
                "heading": section.heading,
                "slug": section.slug,
                "percent": section.percent,
                "items": [
                    {
                        "position": row.position,
                        "number": row.number,
                        "period": row.period,
                        "title": row.title,
                        "result": row.result,
                        "responsible": row.responsible,
                        "parties": list(row.parties),
                        "starts_on": row.starts_on,
                        "ends_on": row.ends_on,
                        "recurrence": row.recurrence,
                        "planned": row.planned,
                        "unit": row.unit,
                        "confirmed": row.confirmed,
                        "confirmed_in_period": row.in_period,
                        "percent": row.percent,
                        "status": row.status,
                        "note": row.note,
                        "url": row.url,
                        "evidence": [
                            {"on": proof.on, "title": proof.title, "url": proof.url or None, "amount": proof.amount,
                             "is_counted": proof.is_counted}
                            for proof in row.evidence
                        ],
                    }
                    for row in report.rows
                    if row.section == section.slug
                ],
            }
            for section in plan.sections
        ],
    }  # fmt: skip


def _calendar(page: RoadmapPage, plan: PlanView, chosen: PlanFilter) -> HttpResponse:
    last = PlanChange.objects.filter(plan=page).values_list("made_at", flat=True).first()
    changed_at = calendar.changed_at([last, page.last_published_at])
    found = calendar.entries(plan, chosen.items(plan), site_url=settings.SITE_URL, changed_at=changed_at)
    return calendar_response(f"{plan.slug}.ics", plan.title, found)
