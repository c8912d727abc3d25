"""Plans of the demonstration: who owns the approved one, and the plan of the current school year copied from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from portal.accounts.models import User
from portal.demo import content
from portal.demo.accounts import DOMAIN
from portal.demo.evidence import ARCHIVE, SCHOOL_YEAR_BEGINS, current_plan_slug
from portal.demo.ledger import Ledger
from portal.roadmap.domain.changes import move_dates
from portal.roadmap.domain.copying import copy_plan
from portal.roadmap.domain.facts import decide_together
from portal.roadmap.domain.periods import add_months
from portal.roadmap.domain.updates import add_update
from portal.roadmap.enums import FactState
from portal.roadmap.models import Fact, PlanItem, RoadmapPage

OWNER = f"owner@{DOMAIN}"
WAITING_DAYS = 14  # younger facts wait for a decision, as on any working portal


def load_plans(ledger: Ledger) -> Iterator[str]:
    """Give the approved plan its owner where it has none, and make the plan of the current school year."""
    archive = RoadmapPage.objects.filter(slug=ARCHIVE).first()
    owner = User.objects.filter(email=OWNER, is_demo=True).first()
    with ledger.unit("roadmap:owner") as due:
        if due and archive is not None and owner is not None and archive.owner_user_id is None:
            _give(archive, owner)
    today = timezone.localdate()
    slug = current_plan_slug(today)
    with ledger.unit(f"roadmap:{slug}") as due:
        if not due:
            return
        if archive is None:
            yield f"плана «{ARCHIVE}» нет, план текущего года не составлен"
        elif RoadmapPage.objects.filter(slug=slug).exists():
            yield f"план «{slug}» уже есть, он оставлен как есть"
        else:
            _make_current(archive, slug, owner, today)


def confirm_older(ledger: Ledger) -> list[str]:
    """What the owner of the current plan has had two weeks to look at is counted; fresh facts wait on the desk."""
    today = timezone.localdate()
    slug = current_plan_slug(today)
    with ledger.unit(f"roadmap:{slug}:confirmed") as due:
        plan = RoadmapPage.objects.filter(slug=slug, is_demo=True).select_related("owner_user").first()
        if due and plan is not None and plan.owner_user is not None:
            until = today - dt.timedelta(days=WAITING_DAYS)
            facts = Fact.objects.filter(item__plan=plan, state=FactState.PROPOSED, on__lte=until)
            decide_together(facts, FactState.CONFIRMED, actor=plan.owner_user)
    return []


def _give(plan: RoadmapPage, owner: User) -> None:
    """Name the owner in the published edition and, where there is no other, in the draft too."""
    plan.owner_user = owner
    if plan.has_unpublished_changes:
        plan.save(update_fields=["owner_user"])
    else:
        plan.save_revision().publish()


def _make_current(archive: RoadmapPage, slug: str, owner: User | None, today: dt.date) -> None:
    first_year = int(slug[:4])
    months = (first_year - archive.starts_on.year) * 12 + SCHOOL_YEAR_BEGINS - archive.starts_on.month
    title = f"Дорожная карта {first_year}–{first_year + 1}"
    plan = copy_plan(archive, title=title, slug=slug, shift_months=months, is_demo=True)
    if owner is not None and plan.owner_user_id != owner.pk:
        _give(plan, owner)
    rows = content.read("roadmap")
    for row in rows["planned"]:
        PlanItem.objects.filter(plan=plan, position=row["position"]).update(planned=row["planned"], unit=row["unit"])
    if owner is not None:
        _tell_and_move(plan, rows, owner, today)


def _tell_and_move(plan: RoadmapPage, rows: dict[str, Any], owner: User, today: dt.date) -> None:
    """Updates by hand and a moved term, made by the owner's own verbs; none is older than the plan."""
    items = {item.position: item for item in PlanItem.objects.filter(plan=plan)}

    def ago(days: int) -> dt.date:
        return max(today - dt.timedelta(days=days), plan.starts_on)

    for row in rows["updates"]:
        item = items.get(row["position"])
        if item is not None:
            words = {name: row[name] for name in ("title", "text", "amount")}
            add_update(item, actor=owner, on=ago(row["before"]), key=f"demo-{item.plan_id}-{row['key']}", **words)
    moved = rows["moved"]
    item = items.get(moved["position"])
    if item is not None:
        move_dates(
            item,
            actor=owner,
            starts_on=item.starts_on,
            ends_on=add_months(item.ends_on, moved["months"]),
            reason=moved["reason"],
            order_number=moved["order_number"],
            order_date=ago(moved["before"]),
        )
