"""The section: the plan that editors feature, under the section's own address."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from portal.roadmap.domain.reading import featured_page
from portal.roadmap.models import RoadmapIndexPage
from portal.roadmap.views.plan import plan_context


def section_context(page: RoadmapIndexPage, request: HttpRequest) -> dict[str, Any]:
    """Return the context of the featured plan, of the latest public one where none is featured, else no plan.

    Search engines are told the plan's own address: two addresses show the same.
    """
    featured = featured_page(page)
    return plan_context(featured, request) if featured is not None else {}
