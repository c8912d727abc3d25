"""What administrators do with the rows of a plan: words, places, responsible parties, accounts, new items."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from modelsearch.index import insert_or_update_object

from portal.core import versions
from portal.roadmap import rules
from portal.roadmap.domain.changes import opened, write_change
from portal.roadmap.domain.errors import RoadmapError
from portal.roadmap.domain.facts import lock_items
from portal.roadmap.enums import ChangeKind, Recurrence
from portal.roadmap.models import Fact, PlanItem, PlanSection, RoadmapPage

WORDS = ("number_text", "period_text", "title_text", "result_text", "responsible_text", "note")
_ASIDE = 10_000  # places above any real one, while rows change theirs


def edit_wording(item: PlanItem, *, actor: Any, words: dict[str, str], reason: str = "") -> PlanItem:
    """Set the words of an item (`WORDS`: number, period, name, result, responsible, note) letter for letter.

    Raises PermissionDenied for who is no administrator, RoadmapError for an empty name.
    """
    if "title_text" in words and not words["title_text"].strip():
        raise RoadmapError("Наименование не может быть пустым.")
    with opened(item, actor, rule=_may_arrange) as locked:
        changed = [name for name in WORDS if name in words and getattr(locked, name) != words[name]]
        before = {name: getattr(locked, name) for name in changed}
        for name in changed:
            setattr(locked, name, words[name])
        if changed:
            locked.save(update_fields=changed)
            after = {name: words[name] for name in changed}
            write_change(locked, ChangeKind.WORDING, before, after, reason=reason.strip(), made_by=actor)
        if "title_text" in changed:
            _renew_search(locked.plan_id)
    return locked


def _renew_search(plan_id: int) -> None:
    """Write the search entry of the plan anew after the commit: it holds the names of its items."""
    transaction.on_commit(lambda: insert_or_update_object(RoadmapPage.objects.get(pk=plan_id)))


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
    with opened(item, actor, rule=_may_arrange) as locked:
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
    with opened(item, actor, rule=_may_arrange) as locked:
        before = {"account": locked.responsible_user_id}
        locked.responsible_user = user
        locked.save(update_fields=["responsible_user"])
        write_change(locked, ChangeKind.RESPONSIBLE, before, {"account": locked.responsible_user_id}, made_by=actor)
    return locked


def arrange_item(
    item: PlanItem,
    *,
    actor: Any,
    section: PlanSection,
    position: int,
    recurrence: str,
    depends_on: Iterable[PlanItem],
) -> PlanItem:
    """Put an item into a section and at a place of its plan; the others move on. Set how often it is due and what on.

    Raises PermissionDenied for who is no administrator, RoadmapError for a section or an item of another plan.
    """
    leant = list(depends_on)
    if section.plan_id != item.plan_id or any(other.plan_id != item.plan_id for other in leant):
        raise RoadmapError("Раздел и связанные пункты должны быть из того же плана.")
    with transaction.atomic():
        if not rules.can_arrange_plans(actor):
            raise PermissionDenied
        lock_items(PlanItem.objects.filter(plan=item.plan_id).values_list("pk", flat=True))
        PlanItem.objects.filter(pk=item.pk).update(section=section, recurrence=Recurrence(recurrence))
        _place(item, position)
        item.depends_on.set([other for other in leant if other.pk != item.pk])
        versions.bump()
    item.refresh_from_db()
    return item


def _place(item: PlanItem, position: int) -> None:
    """Renumber the plan with `item` at `position`: aside first, a place being held by one row at any moment."""
    rows = PlanItem.objects.filter(plan=item.plan_id)
    order = [pk for pk in rows.order_by("position").values_list("pk", flat=True) if pk != item.pk]
    order.insert(max(position - 1, 0), item.pk)
    rows.update(position=F("position") + _ASIDE)
    for place, pk in enumerate(order, start=1):
        rows.filter(pk=pk).update(position=place)


def add_item(
    plan: RoadmapPage,
    *,
    actor: Any,
    section: PlanSection,
    words: dict[str, str],
    starts_on: dt.date,
    ends_on: dt.date,
    position: int,
) -> PlanItem:
    """Return a new item of `plan` at a place, the others move on.

    Raises PermissionDenied for who is no administrator, RoadmapError for an empty name, a section of another plan or
    an end before the beginning.
    """
    if not rules.can_arrange_plans(actor):
        raise PermissionDenied
    if not words.get("title_text", "").strip():
        raise RoadmapError("Наименование не может быть пустым.")
    if section.plan_id != plan.pk:
        raise RoadmapError("Раздел должен быть из того же плана.")
    if ends_on < starts_on:
        raise RoadmapError("Окончание раньше начала.")
    with transaction.atomic():
        lock_items(plan.items.values_list("pk", flat=True))
        last = plan.items.order_by("-position").values_list("position", flat=True).first() or 0
        item = PlanItem.objects.create(
            plan=plan, section=section, position=last + 1, starts_on=starts_on, ends_on=ends_on, **words
        )
        _place(item, position)
        item.refresh_from_db()
        write_change(item, ChangeKind.WORDING, {}, dict(words), reason="пункт добавлен", made_by=actor)
        _renew_search(plan.pk)
        versions.bump()
    return item


def rewrite_item(
    item: PlanItem, *, actor: Any, values: dict[str, Any], responsibles: Iterable[tuple[Any, Any]]
) -> PlanItem:
    """Write what an administrator's form holds into an item, or make the item when it is new: all of it or nothing.

    `values` are the words and `section`, `position`, `recurrence`, `depends_on`, `responsible_user`, `reason`; of a new
    item `starts_on` and `ends_on` too. Raises PermissionDenied, RoadmapError.
    """
    words = {name: values[name] for name in WORDS}
    section, position = values["section"], values["position"]
    with transaction.atomic():
        if item.pk is None:
            term = {name: values[name] for name in ("starts_on", "ends_on")}
            item = add_item(item.plan, actor=actor, section=section, words=words, position=position, **term)
        else:
            edit_wording(item, actor=actor, words=words, reason=values["reason"])
        set_responsibles(item, actor=actor, responsibles=responsibles)
        name_responsible_user(item, actor=actor, user=values["responsible_user"])
        return arrange_item(
            item,
            actor=actor,
            section=section,
            position=position,
            recurrence=values["recurrence"],
            depends_on=values["depends_on"],
        )


def remove_item(item: PlanItem, *, actor: Any) -> None:
    """Delete an item that nothing hangs on; one that is no longer wanted is set «снят».

    Raises PermissionDenied for who is no administrator, RoadmapError when it has facts or pages point to it.
    """
    with opened(item, actor, rule=_may_arrange) as locked:
        if Fact.objects.filter(item=locked).exists() or locked.evidence_links.exists():
            raise RoadmapError("У пункта есть факты или связанные страницы: поставьте ему статус «снят».")
        locked.delete()
        _renew_search(item.plan_id)
