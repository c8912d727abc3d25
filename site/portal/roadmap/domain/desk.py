"""What «Моя дорожная карта» shows to those who answer for plans: rows of items, proposals, signals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from portal.roadmap import rules
from portal.roadmap.domain.attention import attention, counted_days
from portal.roadmap.domain.progress import ItemProgress, PlanProgress, plan_progress, standing
from portal.roadmap.enums import FactState
from portal.roadmap.models import Fact, PlanItem, PlanSection, RoadmapPage


@dataclass(frozen=True)
class DeskRow:
    """One item on the desk: where it stands, what it waits for; `is_mine` when the person may act on it."""

    item: PlanItem
    progress: ItemProgress
    waiting: int
    urgency: int
    signal: str
    is_mine: bool


@dataclass(frozen=True)
class Desk:
    """A plan as its owner sees it: `quiet` are the rows that call for attention, the most urgent first."""

    plan: RoadmapPage
    progress: PlanProgress
    sections: list[tuple[PlanSection, int | None, list[DeskRow]]]
    quiet: list[DeskRow]


def plans_of(user: Any) -> QuerySet[RoadmapPage]:
    """Return the plans that `user` answers for, in whole or in part; an administrator answers for all. Newest first."""
    plans = RoadmapPage.objects.order_by("is_archived", "-starts_on")
    if user.is_superuser:
        return plans
    named = RoadmapPage.objects.filter(Q(owner_user=user) | Q(items__responsible_user=user)).values("pk")
    return plans.filter(pk__in=named)


def current_plan(plans: list[RoadmapPage], slug: str = "") -> RoadmapPage | None:
    """Return the plan with that address, or the one that goes on today, or the newest; None where there is none."""
    if slug:
        return next((plan for plan in plans if plan.slug == slug), None)
    today = timezone.localdate()
    return next((plan for plan in plans if plan.starts_on <= today <= plan.ends_on), plans[0] if plans else None)


def items_of(user: Any) -> QuerySet[PlanItem]:
    """Return the items that `user` may act on."""
    items = PlanItem.objects.select_related("plan", "section")
    return items if user.is_superuser else items.filter(Q(plan__owner_user=user) | Q(responsible_user=user))


def proposals(user: Any, plan: RoadmapPage | None = None) -> QuerySet[Fact]:
    """Return the facts that wait for the word of `user`, earliest first; those of days to come are last by themselves."""
    facts = standing(Fact.objects.filter(state=FactState.PROPOSED, item__in=items_of(user).values("pk")))
    if plan is not None:
        facts = facts.filter(item__plan=plan)
    return facts.select_related("item", "page").order_by("on", "pk")


def desk(plan: RoadmapPage, user: Any) -> Desk:
    """Return the plan as `user` sees it at work: five queries whatever its size."""
    today = timezone.localdate()
    progress = plan_progress(plan, today=today)
    sections = list(plan.sections.all())
    items = list(plan.items.order_by("position"))
    days = counted_days(items, today=today)
    proposed = standing(Fact.objects.filter(item__plan=plan, state=FactState.PROPOSED)).order_by()
    waiting = dict(proposed.values_list("item_id").annotate(count=Count("pk")))
    rows: dict[int, list[DeskRow]] = {section.pk: [] for section in sections}
    for item in items:
        item.plan = plan
        found = progress.items[item.pk]
        urgency, signal = attention(item, found, days.get(item.pk, []), today=today)
        is_mine = rules.can_run_item(user, item)
        rows[item.section_id].append(DeskRow(item, found, waiting.get(item.pk, 0), urgency, signal, is_mine))
    quiet = [row for own in rows.values() for row in own if row.urgency]
    return Desk(
        plan=plan,
        progress=progress,
        sections=[(section, progress.sections.get(section.pk), rows[section.pk]) for section in sections],
        quiet=sorted(quiet, key=lambda row: (-row.urgency, row.item.position)),
    )
