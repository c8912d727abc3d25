"""Verbs that change items: each checks the person, locks the row, writes «было/стало» and renews what is published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
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

WORDS = ("number_text", "period_text", "title_text", "result_text", "responsible_text", "note")


@contextmanager
def _opened(item: PlanItem, actor: Any, *, rule: Callable[[Any, PlanItem], bool]) -> Iterator[PlanItem]:
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
    with _opened(item, actor, rule=rules.can_run_item) as locked:
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
    with _opened(item, actor, rule=rules.can_run_item) as locked:
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
    with _opened(item, actor, rule=rules.can_run_item) as locked:
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


def edit_wording(item: PlanItem, *, actor: Any, words: dict[str, str], reason: str = "") -> PlanItem:
    """Set the words of an item (`WORDS`: number, period, name, result, responsible, note) letter for letter.

    Raises PermissionDenied for who is no administrator, RoadmapError for an empty name.
    """
    if "title_text" in words and not words["title_text"].strip():
        raise RoadmapError("Наименование не может быть пустым.")
    with _opened(item, actor, rule=_may_arrange) as locked:
        changed = [name for name in WORDS if name in words and getattr(locked, name) != words[name]]
        before = {name: getattr(locked, name) for name in changed}
        for name in changed:
            setattr(locked, name, words[name])
        if changed:
            locked.save(update_fields=changed)
            after = {name: words[name] for name in changed}
            write_change(locked, ChangeKind.WORDING, before, after, reason=reason.strip(), made_by=actor)
    return locked


def _may_arrange(actor: Any, item: PlanItem) -> bool:
    return rules.can_arrange_plans(actor)


def set_responsibles(item: PlanItem, *, actor: Any, responsibles: Iterable[tuple[Any, Any]]) -> PlanItem:
    """Name the responsible parties of an item in order: pairs of a party and its person or None.

    Raises PermissionDenied for who is no administrator, RoadmapError for a party named twice or a person of another
    party.
    """
    wanted = list(responsibles)
    if len({party.pk for party, _person in wanted}) != len(wanted):
        raise RoadmapError("Одна сторона названа дважды.")
    for party, person in wanted:
        if person is not None and person.party_id != party.pk:
            raise RoadmapError(f"{person} не из «{party}».")
    with _opened(item, actor, rule=_may_arrange) as locked:
        before = {"parties": [str(row) for row in locked.responsible.select_related("party", "person")]}
        locked.responsible.all().delete()
        for order, (party, person) in enumerate(wanted):
            locked.responsible.create(party=party, person=person, order=order)
        after = {"parties": [f"{party}, {person}" if person else str(party) for party, person in wanted]}
        write_change(locked, ChangeKind.RESPONSIBLE, before, after, made_by=actor)
    return locked


def name_responsible_user(item: PlanItem, *, actor: Any, user: Any | None) -> PlanItem:
    """Name the account that answers for an item, or none; it gains or loses the way into the admin.

    Raises PermissionDenied for who is no administrator.
    """
    with _opened(item, actor, rule=_may_arrange) as locked:
        before = {"account": locked.responsible_user_id}
        locked.responsible_user = user
        locked.save(update_fields=["responsible_user"])
        write_change(locked, ChangeKind.RESPONSIBLE, before, {"account": locked.responsible_user_id}, made_by=actor)
    return locked
