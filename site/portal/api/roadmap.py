"""The roadmap as JSON: plans, and a plan with its items, progress and evidence, as its own files give it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Router
from ninja.decorators import decorate_view
from ninja.errors import HttpError

from portal.api.allowance import limited
from portal.api.parameters import parameter, repeated
from portal.api.schemas import Plan, PlanList, Problem
from portal.core.pagecache import public_page
from portal.core.publicity import public
from portal.roadmap.domain.choices import FACETS, PlanFilter
from portal.roadmap.domain.reading import PlanView, plan_view, public_plan
from portal.roadmap.models import RoadmapPage
from portal.roadmap.views.files import plan_data

router = Router()


@router.get("/roadmap", response={200: PlanList, 429: Problem}, summary="Планы и как они выполняются")
@decorate_view(public_page, limited)
def plans(request: HttpRequest) -> dict[str, Any]:
    """Return every public plan, the latest first."""
    found = [plan_view(page) for page in public(RoadmapPage.objects.all()).order_by("-starts_on", "-pk")]
    return {"count": len(found), "results": [_plan(plan) for plan in found]}


def _plan(plan: PlanView) -> dict[str, Any]:
    return {
        "slug": plan.slug,
        "title": plan.title,
        "document_title": plan.document_title,
        "url": settings.SITE_URL + plan.url,
        "starts_on": plan.starts_on,
        "ends_on": plan.ends_on,
        "is_archived": plan.is_archived,
        "done": plan.done,
        "total": plan.total,
        "percent": plan.percent,
    }


@router.get(
    "/roadmap/{slug}",
    response={200: Plan, 404: Problem, 429: Problem},
    summary="План с пунктами, фактами и подтверждениями; то же, что файл JSON на странице плана",
    openapi_extra={
        "parameters": [
            *repeated(FACETS),
            parameter("from", "Факты с этого дня, ГГГГ-ММ-ДД"),
            parameter("to", "Факты по этот день, ГГГГ-ММ-ДД"),
        ]
    },
)
@decorate_view(public_page, limited)
def plan(request: HttpRequest, slug: str) -> dict[str, Any]:
    """Return a public plan under the filters of the address. Raises HttpError 404 for any other."""
    page = public_plan(slug[:255])
    if page is None:
        raise HttpError(404, "Такого плана нет или он не опубликован.")
    view = plan_view(page)
    return plan_data(view, PlanFilter.read(request.GET, view))
