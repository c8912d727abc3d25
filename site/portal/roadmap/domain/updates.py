"""Updates that people write by hand where no page tells of what was done."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from portal.core import versions
from portal.roadmap import rules
from portal.roadmap.domain.changes import write_change
from portal.roadmap.domain.errors import RoadmapError
from portal.roadmap.domain.facts import confirm, lock_items, record_fact
from portal.roadmap.enums import ChangeKind
from portal.roadmap.models import Fact, PlanItem

MANUAL = "manual:"


def add_update(
    item: PlanItem,
    *,
    actor: Any,
    title: str,
    on: dt.date,
    amount: int = 0,
    text: str = "",
    image: Any = None,
    image_alt: str = "",
    document: Any = None,
    shown_from: dt.datetime | None = None,
    key: str = "",
) -> Fact:
    """Write a dated update of an item by hand; by who answers for it, it is confirmed at once.

    `amount` may be 0: news of the work that adds nothing to «факт». `key` is a token of the form: sent twice, it makes
    one update. Raises PermissionDenied for a stranger, RoadmapError without a title, for a day to come and for a
    picture without a description.
    """
    if not title.strip():
        raise RoadmapError("Напишите, что произошло.")
    if on > timezone.localdate():
        raise RoadmapError("День ещё не наступил: обновление рассказывает о том, что уже произошло.")
    if image is not None and not image_alt.strip():
        raise RoadmapError("Опишите снимок словами для незрячих читателей.")
    with transaction.atomic():
        locked = lock_items([item.pk])[item.pk]
        if not rules.can_run_item(actor, locked):
            raise PermissionDenied
        fact = record_fact(
            locked,
            source_key=f"{MANUAL}{key or uuid.uuid4().hex}",
            title=title.strip(),
            on=on,
            amount=amount,
            text=text.strip(),
            image=image,
            image_alt=image_alt.strip(),
            document=document,
            shown_from=shown_from,
        )
        return confirm(fact, actor=actor)


def withdraw_update(fact: Fact, *, actor: Any, reason: str) -> Fact:
    """Take an update by hand off the portal; it stays in the history of the item and counts no more.

    Raises PermissionDenied for a stranger, RoadmapError without a reason and for a fact of another source: that one is
    refused, or its page unpublished.
    """
    if not fact.source_key.startswith(MANUAL):
        raise RoadmapError("Так снимают только обновления, добавленные вручную.")
    if not reason.strip():
        raise RoadmapError("Напишите, почему обновление снимается.")
    with transaction.atomic():
        item = lock_items([fact.item_id])[fact.item_id]
        if not rules.can_run_item(actor, item):
            raise PermissionDenied
        if Fact.objects.filter(pk=fact.pk, is_withdrawn=False).update(is_withdrawn=True):
            before = {"state": fact.state, "amount": fact.amount}
            after = {**before, "fact": fact.pk, "title": fact.title, "withdrawn": True}
            write_change(item, ChangeKind.FACT, before, after, reason=reason.strip(), made_by=actor)
            versions.bump()
    return Fact.objects.get(pk=fact.pk)
