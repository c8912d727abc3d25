"""What other rooms ask the roadmap: which items a page proves, how the plan of today stands."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from wagtail.models import Page

from portal.core import versions
from portal.core.publicity import public
from portal.roadmap.domain.reading import PlanView, featured_page, hidden_names, plan_url, plan_view, without_names
from portal.roadmap.enums import FactState
from portal.roadmap.models import EvidenceLink, Fact, PlanItem, RoadmapIndexPage, RoadmapPage


def items_proved_by(page: Page) -> list[dict[str, Any]]:
    """Return the items of public plans that the published `page` proves: label, title, url, plan.

    For `roadmap/components/proves.html`; kept until something is published, so a page pays nothing for it. What the
    owner refused to count is left out on both sides.
    """
    if page.pk is None:
        return []
    return versions.cached(f"roadmap-proved:{page.pk}", lambda: _items_proved_by(page.pk))


def _items_proved_by(page_id: int) -> list[dict[str, Any]]:
    refused = Fact.objects.filter(page_id=page_id, state=FactState.REFUSED).values("item_id")
    links = (
        public(EvidenceLink.objects.filter(page_id=page_id), prefix="item__plan__")
        .exclude(item_id__in=refused)
        .select_related("item", "item__plan")
        .order_by("-item__plan__starts_on", "item__position")
    )
    found = list(links)
    hidden = hidden_names() if found else {}
    return [
        {
            "label": link.item.label,
            "title": without_names(link.item.title, hidden),
            "url": f"{plan_url(link.item.plan.slug)}{link.item.position}/",
            "plan": link.item.plan.title,
        }
        for link in found
    ]


def running_item(number: str) -> PlanItem | None:
    """Return the item with this number of the plan that runs today, or None: no plan runs or it has no such item."""
    today = timezone.localdate()
    plans = RoadmapPage.objects.filter(is_archived=False, starts_on__lte=today, ends_on__gte=today)
    plan = public(plans).order_by("-starts_on", "-pk").first()
    if plan is None:
        return None
    return next(
        (item for item in PlanItem.objects.filter(plan=plan).order_by("position") if item.label == number), None
    )


def running_plan() -> PlanView | None:
    """Return the public plan that runs today, the latest of several; else the one that the section shows, or None."""
    today = timezone.localdate()
    running = RoadmapPage.objects.filter(is_archived=False, starts_on__lte=today, ends_on__gte=today)
    plan = public(running).order_by("-starts_on", "-pk").first()
    if plan is None:
        section = public(RoadmapIndexPage.objects.select_related("featured")).first()
        plan = featured_page(section) if section is not None else None
    return plan_view(plan) if plan is not None else None
