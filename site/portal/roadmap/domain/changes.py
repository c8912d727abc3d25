"""Verbs that change items: each checks the person, locks the row, writes «было/стало» and renews what is published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from portal.core import versions
from portal.roadmap import rules
from portal.roadmap.domain.errors import RoadmapError
from portal.roadmap.domain.facts import lock_items
from portal.roadmap.domain.periods import add_months
from portal.roadmap.domain.progress import item_progress
from portal.roadmap.enums import OVERRIDES, ChangeKind, ItemStatus
from portal.roadmap.models import PlanChange, PlanItem


@contextmanager
def opened(item: PlanItem, actor: Any, *, rule: Callable[[Any, PlanItem], bool]) -> Iterator[PlanItem]:
    """Hold the locked item of a verb, after the `rule` said yes; at the end what is published is renewed.

    Raises PermissionDenied, and RoadmapError for an item that is gone.
    """
    with transaction.atomic():
        locked = lock_items([item.pk]).get(item.pk)
        if locked is None:
            raise RoadmapError("Этого пункта больше нет.")
        if not rule(actor, locked):
            raise PermissionDenied
        yield locked
        versions.bump()


def write_change(
    item: PlanItem, kind: ChangeKind, before: dict[str, Any], after: dict[str, Any], **details: Any
) -> None:
    """Write one row of history; the same before and after leaves none."""
    if before != after:
        PlanChange.objects.create(plan_id=item.plan_id, item=item, kind=kind, before=before, after=after, **details)


def _needed(text: str, sentence: str) -> str:
    text = text.strip()
    if not text:
        raise RoadmapError(sentence)
    return text


def _dates(item: PlanItem) -> dict[str, str]:
    return {"starts_on": item.starts_on.isoformat(), "ends_on": item.ends_on.isoformat()}


def move_dates(
    item: PlanItem,
    *,
    actor: Any,
    starts_on: dt.date,
    ends_on: dt.date,
    reason: str,
    order_number: str,
    order_date: dt.date | None,
) -> PlanItem:
    """Move the term of an item by an order; the words of the document stay, the public sees «было/стало».

    Raises PermissionDenied for who does not answer for the item, RoadmapError without a reason, a number and a date
    of the order, or when the end is before the beginning.
    """
    reason = _needed(reason, "Напишите причину переноса сроков.")
    order_number = _needed(order_number, "Укажите номер приказа, которым перенесены сроки.")
    if order_date is None:
        raise RoadmapError("Укажите дату приказа, которым перенесены сроки.")
    if ends_on < starts_on:
        raise RoadmapError("Окончание раньше начала.")
    with opened(item, actor, rule=rules.can_run_item) as locked:
        before = _dates(locked)
        locked.starts_on, locked.ends_on, locked.overdue_warned_on = starts_on, ends_on, None
        locked.save(update_fields=["starts_on", "ends_on", "overdue_warned_on"])
        write_change(
            locked,
            ChangeKind.DATES,
            before,
            _dates(locked),
            reason=reason,
            order_number=order_number,
            order_date=order_date,
            made_by=actor,
        )
    return locked


def override_status(item: PlanItem, *, actor: Any, status: str, reason: str) -> PlanItem:
    """Set the status of an item by hand, with a reason that everybody sees beside it.

    Raises PermissionDenied for who does not answer for the item, RoadmapError without a reason or for a status that
    only dates and facts give («просрочен», «нет сведений»).
    """
    if status not in OVERRIDES:
        raise RoadmapError("Этот статус нельзя поставить вручную.")
    return _set_override(item, actor, status, _needed(reason, "Напишите, почему статус ставится вручную."))


def clear_override(item: PlanItem, *, actor: Any, reason: str = "") -> PlanItem:
    """Let the status follow from dates and facts again. Raises PermissionDenied for who does not answer for the item."""
    return _set_override(item, actor, "", reason.strip())


def _set_override(item: PlanItem, actor: Any, status: str, reason: str) -> PlanItem:
    with opened(item, actor, rule=rules.can_run_item) as locked:
        before = {"status": str(item_progress(locked).status), "by_hand": bool(locked.status_override)}
        locked.status_override, locked.status_reason = status, reason if status else ""
        after = {"status": str(item_progress(locked).status), "by_hand": bool(status)}
        fields = ["status_override", "status_reason"]
        if after["status"] != ItemStatus.OVERDUE:
            locked.overdue_warned_on = None
            fields.append("overdue_warned_on")
        locked.save(update_fields=fields)
        write_change(locked, ChangeKind.STATUS, before, after, reason=reason, made_by=actor)
    return locked


def set_planned(item: PlanItem, *, actor: Any, planned: int | None, unit: str, reason: str) -> PlanItem:
    """Set how many there must be, in which units; None means once.

    Raises PermissionDenied for who does not answer for the item, RoadmapError without a reason or for less than one.
    """
    reason = _needed(reason, "Напишите, почему меняется план.")
    if planned is not None and planned < 1:
        raise RoadmapError("План — целое число от единицы; пустой означает «один раз».")
    with opened(item, actor, rule=rules.can_run_item) as locked:
        before = {"planned": locked.planned, "unit": locked.unit}
        locked.planned, locked.unit = planned, unit.strip()
        locked.save(update_fields=["planned", "unit"])
        after = {"planned": locked.planned, "unit": locked.unit}
        write_change(locked, ChangeKind.QUANTITY, before, after, reason=reason, made_by=actor)
    return locked


def change_together(items: Sequence[PlanItem], change: Callable[[PlanItem], object]) -> int:
    """Make one change to several items: of all, or of none with a sentence that names the item it failed at.

    `change` is a verb of this module waiting for its item. Raises RoadmapError, PermissionDenied. Returns how many.
    """
    with transaction.atomic():
        lock_items(item.pk for item in items)
        for item in items:
            try:
                change(item)
            except RoadmapError as error:
                raise RoadmapError(f"Пункт {item.label}: {error} Ни один пункт не изменён.") from error
    return len(items)


def shift_dates(item: PlanItem, *, actor: Any, months: int, **order: Any) -> PlanItem:
    """Move the term of an item by whole months; see `move_dates` for `order` and errors."""
    starts_on, ends_on = add_months(item.starts_on, months), add_months(item.ends_on, months)
    return move_dates(item, actor=actor, starts_on=starts_on, ends_on=ends_on, **order)
