"""План/факт, per cent and status of a plan: the only source of them for pages, tables, exports, the home page, the API.

DESIGN §6: facts count when they are confirmed, not withdrawn, have happened and stand on a page that any visitor may
read; per cent of an item = floor(100 · min(confirmed / planned, 1)), without a quantity 0 or 100; of a section and of
the plan = the mean of their items that are not «снят», rounded down.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from portal.core import publicity
from portal.roadmap.domain.periods import add_months
from portal.roadmap.enums import FactState, ItemStatus
from portal.roadmap.models import Fact, PlanItem, RoadmapPage

WARNING_DAYS = 3  # «просрочен» turns public this many days after its owner was warned; in an archived plan at once
LASTING = "Работа идёт весь срок: выполненной она станет, когда он закончится."


@dataclass(frozen=True)
class ItemProgress:
    """Where an item stands: numbers in units of its plan, `percent` None while it is «снят»."""

    item_id: int
    planned: int | None
    confirmed: int
    proposed: int
    status: ItemStatus
    public_status: ItemStatus
    percent: int | None
    explanation: str


@dataclass(frozen=True)
class PlanProgress:
    """Progress of every item, section and the plan; `total` is how many items are not «снят», `done` how many are done."""

    items: dict[int, ItemProgress]
    sections: dict[int, int | None]
    percent: int | None
    done: int
    total: int


@dataclass(frozen=True)
class Tally:
    """What the facts of one item add up to; `events` counts confirmed facts, those that add nothing too."""

    confirmed: int = 0
    events: int = 0
    proposed: int = 0


def standing(facts: QuerySet[Fact], *, now: dt.datetime | None = None) -> QuerySet[Fact]:
    """Return the facts that stand at `now`: not withdrawn, their hour of showing has come, their page is public."""
    moment = now or timezone.now()
    shown = Q(shown_from=None) | Q(shown_from__lte=moment)
    return facts.filter(shown, Q(page=None) | publicity.public_condition("page__"), is_withdrawn=False)


def plan_progress(
    plan: RoadmapPage, *, today: dt.date | None = None, items: Sequence[PlanItem] | None = None
) -> PlanProgress:
    """Return the progress of `plan` as of `today` (the portal's day unless given): two queries whatever its size.

    `items` are all items of the plan when the caller has read them.
    """
    day = today or timezone.localdate()
    if items is None:
        items = list(PlanItem.objects.filter(plan=plan).order_by("position"))
    tallies = _tallies(Fact.objects.filter(item__plan=plan.pk), day)
    return summarise(items, {item.pk: tallies.get(item.pk, Tally()) for item in items}, plan=plan, today=day)


def item_progress(item: PlanItem, *, today: dt.date | None = None) -> ItemProgress:
    """Return the progress of one item, by the same rules."""
    day = today or timezone.localdate()
    tally = _tallies(Fact.objects.filter(item=item), day).get(item.pk, Tally())
    return assess(item, tally, plan=item.plan, today=day)


def _tallies(facts: QuerySet[Fact], today: dt.date) -> dict[int, Tally]:
    counted = Q(state=FactState.CONFIRMED, on__lte=today)
    rows = (
        standing(facts)
        .order_by()
        .values("item_id")
        .annotate(
            confirmed=Sum("amount", filter=counted, default=0),
            events=Count("pk", filter=counted),
            proposed=Sum("amount", filter=Q(state=FactState.PROPOSED), default=0),
        )
    )
    return {row["item_id"]: Tally(row["confirmed"], row["events"], row["proposed"]) for row in rows}


def summarise(
    items: Iterable[PlanItem], tallies: dict[int, Tally], *, plan: RoadmapPage, today: dt.date
) -> PlanProgress:
    """Return the progress of `items` of `plan` whose facts add up to `tallies`; asks no database."""
    found = {item.pk: assess(item, tallies[item.pk], plan=plan, today=today) for item in items}
    by_section: dict[int, list[int]] = {}
    for item in items:
        percents = by_section.setdefault(item.section_id, [])
        percent = found[item.pk].percent
        if percent is not None:
            percents.append(percent)
    return PlanProgress(
        items=found,
        sections={section: _mean(percents) for section, percents in by_section.items()},
        percent=_mean([percent for percents in by_section.values() for percent in percents]),
        done=sum(progress.status == ItemStatus.DONE for progress in found.values()),
        total=sum(progress.percent is not None for progress in found.values()),
    )


def _mean(percents: list[int]) -> int | None:
    return sum(percents) // len(percents) if percents else None


def assess(item: PlanItem, tally: Tally, *, plan: RoadmapPage, today: dt.date) -> ItemProgress:
    """Return where `item` stands when its facts add up to `tally`; asks no database."""
    complete, explanation = _is_complete(item, tally, today)
    derived = _derived(item, tally, complete=complete, plan=plan, today=today)
    reached = 100 if complete else _share(item, tally)
    status: ItemStatus = derived
    percent: int | None = reached
    if item.status_override:
        status = ItemStatus(item.status_override)
        percent = _overridden_percent(status, reached)
        explanation = _by_hand(item, status, derived)
    return ItemProgress(
        item_id=item.pk,
        planned=item.planned,
        confirmed=tally.confirmed,
        proposed=tally.proposed,
        status=status,
        public_status=_public(status, item, plan, today),
        percent=percent,
        explanation=explanation,
    )


def is_lasting(item: PlanItem) -> bool:
    """Tell whether the item is work without a number that goes on longer than a month."""
    return item.planned is None and item.ends_on >= add_months(item.starts_on, 1)


def _is_complete(item: PlanItem, tally: Tally, today: dt.date) -> tuple[bool, str]:
    """Return whether the plan of the item is met, and why not where the numbers alone would say yes."""
    enough = tally.confirmed >= (item.planned or 1)
    if enough and is_lasting(item) and item.ends_on >= today:
        return False, LASTING
    return enough, ""


def _share(item: PlanItem, tally: Tally) -> int:
    if not item.planned:
        return 0
    return 100 * min(tally.confirmed, item.planned) // item.planned


def _derived(item: PlanItem, tally: Tally, *, complete: bool, plan: RoadmapPage, today: dt.date) -> ItemStatus:
    is_over = item.ends_on < today
    if complete:
        return ItemStatus.DONE
    if is_over:
        return ItemStatus.UNKNOWN if plan.is_archived and not tally.events else ItemStatus.OVERDUE
    return ItemStatus.RUNNING if item.starts_on <= today or tally.events else ItemStatus.NOT_STARTED


def _overridden_percent(status: ItemStatus, percent: int) -> int | None:
    """«Выполнен» is 100 and nothing else is; «не начат» is 0; what is «снят» has no per cent."""
    fixed = {ItemStatus.DONE: 100, ItemStatus.NOT_STARTED: 0, ItemStatus.CANCELLED: None}
    return fixed[status] if status in fixed else min(percent, 99)


def _by_hand(item: PlanItem, status: ItemStatus, derived: ItemStatus) -> str:
    told = f"Статус «{status.label}» поставлен вручную: {item.status_reason.strip().rstrip('.')}."
    return told if status == derived else f"{told} По фактам и срокам было бы «{derived.label}»."


def _public(status: ItemStatus, item: PlanItem, plan: RoadmapPage, today: dt.date) -> ItemStatus:
    # An archived plan is history: nobody waits to see whether a warned owner still makes it good.
    if status != ItemStatus.OVERDUE or plan.is_archived:
        return status
    warned = item.overdue_warned_on
    is_warned = warned is not None and warned + dt.timedelta(days=WARNING_DAYS) <= today
    return status if is_warned else ItemStatus.RUNNING
