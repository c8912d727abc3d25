"""Links of demonstration pages to items of the plans, and the school year that is on at the day of loading."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from wagtail.models import Page

from portal.roadmap.models import EvidenceLink, PlanItem

ARCHIVE = "2021-2022"
SCHOOL_YEAR_BEGINS = 9  # September


def current_plan_slug(today: dt.date) -> str:
    """Return the address of the plan of the school year that `today` falls into: «2026-2027»."""
    first = today.year if today.month >= SCHOOL_YEAR_BEGINS else today.year - 1
    return f"{first}-{first + 1}"


def prove(page: Page, positions: Iterable[int], *, plan_slug: str, amount: int = 1) -> None:
    """Link `page` to the items at `positions` of a plan; call it before the page is published."""
    for item in PlanItem.objects.filter(plan__slug=plan_slug, position__in=list(positions)):
        page.evidence_links.add(EvidenceLink(item=item, amount=amount))
