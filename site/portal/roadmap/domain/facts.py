"""Facts: dated updates of items, proposed by what the portal publishes and decided on by those who answer for them.

Every verb locks the rows of the items it touches, in the order of their ids, so that two of them at once neither
count a thing twice nor wait for each other for ever.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from wagtail.models import Page

from portal.core import publicity, versions
from portal.roadmap import rules
from portal.roadmap.domain import notices
from portal.roadmap.domain.errors import RoadmapError
from portal.roadmap.enums import ChangeKind, FactState
from portal.roadmap.models import EvidenceLink, Fact, PlanChange, PlanItem


def page_key(page_id: int) -> str:
    """Return the `source_key` of a fact that a page proves."""
    return f"page:{page_id}"


def record_fact(
    item: PlanItem,
    *,
    source_key: str,
    title: str,
    on: dt.date,
    amount: int = 1,
    page: Page | None = None,
    **details: Any,
) -> Fact:
    """Write that something on the day `on` adds `amount` to `item`; the same source again updates its one fact.

    A new fact is proposed, or confirmed at once where the plan confirms by itself and the day has come. A decision
    stands while the amount does; another amount, or a confirmed day moved to the future, is proposed anew. `details`
    are `text`, `image`, `image_alt`, `document`, `shown_from`. Called by pages, and by what is not a page: agreements,
    runs of programmes, attendance.
    """
    with transaction.atomic():
        locked = lock_items([item.pk])[item.pk]
        fact = Fact.objects.filter(item=locked, source_key=source_key).first() or Fact(source_key=source_key)
        values = {"title": title[:255], "on": on, "amount": amount, "page_id": page.pk if page else None, **details}
        _write(fact, locked, values)
    return fact


def _write(fact: Fact, item: PlanItem, values: dict[str, Any]) -> None:
    """Make `fact` of the locked `item` say `values`; nothing is asked of the database where it says so already."""
    fact.item = item
    if fact.pk and not fact.is_withdrawn and all(getattr(fact, name) == value for name, value in values.items()):
        if not _awaits_itself(fact):
            return
    elif fact.amount != values["amount"] or (fact.state == FactState.CONFIRMED and values["on"] > timezone.localdate()):
        _reopen(fact)
    fact.is_withdrawn = False
    for name, value in values.items():
        setattr(fact, name, value)
    if _awaits_itself(fact):
        fact.state, fact.decided_at = FactState.CONFIRMED, timezone.now()
    fact.save()
    versions.bump()


def _reopen(fact: Fact) -> None:
    fact.state, fact.decided_by, fact.decided_at, fact.decision_note = FactState.PROPOSED, None, None, ""


def _awaits_itself(fact: Fact) -> bool:
    is_due = fact.state == FactState.PROPOSED and fact.on <= timezone.localdate()
    return is_due and fact.item.plan.confirms_by_itself


def lock_items(ids: Iterable[int]) -> dict[int, PlanItem]:
    """Lock the items until the transaction ends, always in one order; return them with their plans."""
    rows = PlanItem.objects.select_for_update(of=("self",)).select_related("plan").filter(pk__in=set(ids))
    return {item.pk: item for item in rows.order_by("pk")}


def sync_page(page: Page) -> None:
    """Make the facts of a page be what its published version proves: propose, update or withdraw them.

    Links of a draft are kept in its revision and prove nothing. An alias repeats its source and proves nothing more.
    """
    with transaction.atomic():
        links = {link.item_id: link.amount for link in EvidenceLink.objects.filter(page_id=page.pk)}
        facts = Fact.objects.filter(source_key=page_key(page.pk))
        items = lock_items({*links, *facts.values_list("item_id", flat=True)})
        found = _proving(page.pk) if links else None
        if found is None:
            withdraw(facts)
            return
        specific, on = found
        withdraw(facts.exclude(item_id__in=links))
        known = {fact.item_id: fact for fact in facts.filter(item_id__in=links)}
        for pk, amount in sorted(links.items()):
            fact = known.get(pk) or Fact(source_key=page_key(page.pk))
            values = {"title": specific.title[:255], "on": on, "amount": amount, "page_id": page.pk}
            _write(fact, items[pk], values)


def _proving(page_id: int) -> tuple[Page, dt.date] | None:
    """Return the published page with the day it tells of, or None when it proves nothing now."""
    base = Page.objects.filter(publicity.public_condition(fresh=True), pk=page_id, alias_of=None).first()
    if base is None or not hasattr(base.specific, "evidence_on"):
        return None
    on = base.specific.evidence_on()
    return (base.specific, on) if on else None


def withdraw(facts: models.QuerySet[Fact]) -> int:
    """Mark `facts` as «снято с публикации» and tell those who counted them; return how many were not marked yet.

    The decision is kept: published again unchanged, a confirmed fact counts again.
    """
    with transaction.atomic():
        items = lock_items(facts.filter(is_withdrawn=False).values_list("item_id", flat=True))
        found = list(facts.filter(is_withdrawn=False, item__in=items).select_related("item", "item__plan"))
        if not found:
            return 0
        Fact.objects.filter(pk__in=[fact.pk for fact in found]).update(is_withdrawn=True)
        counted = [fact for fact in found if fact.state == FactState.CONFIRMED]
        PlanChange.objects.bulk_create(_change(fact, actor=None, reason="снято с публикации") for fact in counted)
        notices.tell_withdrawn(counted)
        versions.bump()
    return len(found)


def _change(fact: Fact, *, actor: Any, reason: str, before: str = "") -> PlanChange:
    return PlanChange(
        plan=fact.item.plan,
        item=fact.item,
        kind=ChangeKind.FACT,
        before={"state": before or fact.state, "amount": fact.amount},
        after={"state": fact.state, "amount": fact.amount, "fact": fact.pk, "title": fact.title},
        reason=reason,
        made_by=actor,
    )


def confirm(fact: Fact, *, actor: Any) -> Fact:
    """Count `fact` in «факт» of its item; confirming what is confirmed changes nothing.

    Raises PermissionDenied for who does not answer for the item, and RoadmapError when the fact is withdrawn or its
    day has not come.
    """
    return _decide(fact, FactState.CONFIRMED, actor=actor)


def refuse(fact: Fact, *, actor: Any, note: str) -> Fact:
    """Leave `fact` out of «факт» and keep why; a confirmed one stops counting.

    Raises PermissionDenied for who does not answer for the item, and RoadmapError without a reason.
    """
    note = note.strip()
    if not note:
        raise RoadmapError("Напишите, почему факт не засчитан.")
    return _decide(fact, FactState.REFUSED, actor=actor, note=note)


def decide_together(facts: Iterable[Fact], state: FactState, *, actor: Any, note: str = "") -> int:
    """Confirm or refuse several facts: all of them, or none with a sentence that names the one it failed at.

    Returns how many. Raises PermissionDenied, RoadmapError.
    """
    chosen = sorted(facts, key=lambda fact: (fact.item_id, fact.pk))
    with transaction.atomic():
        lock_items(fact.item_id for fact in chosen)
        for fact in chosen:
            try:
                confirm(fact, actor=actor) if state == FactState.CONFIRMED else refuse(fact, actor=actor, note=note)
            except RoadmapError as error:
                raise RoadmapError(f"{error} Ничего не изменено.") from error
    return len(chosen)


def _decide(fact: Fact, state: FactState, *, actor: Any, note: str = "") -> Fact:
    with transaction.atomic():
        item = lock_items([fact.item_id])[fact.item_id]
        if not rules.can_run_item(actor, item):
            raise PermissionDenied
        locked = Fact.objects.filter(pk=fact.pk).first()
        if locked is None:
            raise RoadmapError("Этого факта больше нет.")
        locked.item = item
        if locked.state == state and locked.decision_note == note:
            return locked
        if state == FactState.CONFIRMED:
            _refuse_to_count(locked)
        before = locked.state
        locked.state, locked.decision_note = state, note
        locked.decided_by, locked.decided_at = actor, timezone.now()
        locked.save(update_fields=["state", "decision_note", "decided_by", "decided_at"])
        _change(locked, actor=actor, reason=note, before=before).save()
        versions.bump()
    return locked


def _refuse_to_count(fact: Fact) -> None:
    is_hidden = (
        fact.page_id and not Page.objects.filter(publicity.public_condition(fresh=True), pk=fact.page_id).exists()
    )
    if fact.is_withdrawn or is_hidden:
        raise RoadmapError(f"«{fact.title}» снято с публикации: засчитать нельзя.")
    if fact.on > timezone.localdate():
        raise RoadmapError(f"«{fact.title}» состоится {fact.on:%d.%m.%Y}: засчитать можно будет в этот день.")
