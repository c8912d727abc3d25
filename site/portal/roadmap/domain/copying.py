"""A plan of a new year made from an old one: the same work in other months, proved by nothing yet."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from portal.core import versions
from portal.roadmap import rules
from portal.roadmap.domain.errors import RoadmapError
from portal.roadmap.domain.periods import add_months, shift_period, shift_years
from portal.roadmap.models import ItemResponsible, PlanItem, PlanSection, RoadmapPage

_KEPT = (
    "position", "number_text", "title_text", "result_text", "responsible_text", "recurrence", "planned", "unit", "note",
    "responsible_user_id",
)  # fmt: skip


def copy_plan(
    plan: RoadmapPage, *, title: str, slug: str, shift_months: int, actor: Any = None, is_demo: bool | None = None
) -> RoadmapPage:
    """Return a new published plan beside `plan` with its sections and items moved by `shift_months`.

    Dates follow the end of the month, words of periods are written anew in the same manner («Декабрь 2021» by 57
    months is «Сентябрь 2026»), those without a month stay. Responsible parties, accounts and dependencies are kept;
    facts, history, statuses by hand are not. The copy is not archived and asks for confirmation of facts.
    `actor` None is a program (the demonstration loader). Raises PermissionDenied for a person who is no administrator,
    RoadmapError for an address that is taken.
    """
    if actor is not None and not rules.can_arrange_plans(actor):
        raise PermissionDenied
    with transaction.atomic():
        section = plan.get_parent()
        if section.get_children().filter(slug=slug).exists():
            raise RoadmapError(f"План с адресом «{slug}» уже есть: выберите другой.")
        starts_on = add_months(plan.starts_on, shift_months)
        years = starts_on.year - plan.starts_on.year
        copy = RoadmapPage(
            title=title,
            slug=slug,
            summary=shift_years(plan.summary, years),
            document_title=shift_years(plan.document_title, years),
            starts_on=starts_on,
            ends_on=add_months(plan.ends_on, shift_months),
            owner_user=plan.owner_user,
            copied_from=plan,
            is_demo=plan.is_demo if is_demo is None else is_demo,
        )
        section.add_child(instance=copy)
        _copy_rows(plan, copy, shift_months)
        copy.save_revision(user=actor).publish(user=actor)
        versions.bump()
    return copy


def _copy_rows(plan: RoadmapPage, copy: RoadmapPage, months: int) -> None:
    sections: dict[int, PlanSection] = {}
    for old in plan.sections.all():
        sections[old.pk] = PlanSection.objects.create(
            plan=copy, order=old.order, heading=old.heading, title=old.title, slug=old.slug
        )
    items: dict[int, PlanItem] = {}
    for source in plan.items.all():
        items[source.pk] = PlanItem.objects.create(
            plan=copy,
            section=sections[source.section_id],
            starts_on=add_months(source.starts_on, months),
            ends_on=add_months(source.ends_on, months),
            period_text=shift_period(source.period_text, months),
            **{name: getattr(source, name) for name in _KEPT},
        )
    for duty in ItemResponsible.objects.filter(item__plan=plan):
        ItemResponsible.objects.create(
            item=items[duty.item_id], party_id=duty.party_id, person_id=duty.person_id, order=duty.order
        )
    through = PlanItem.depends_on.through
    links = through.objects.filter(from_planitem__plan=plan, to_planitem__plan=plan)
    through.objects.bulk_create(
        through(from_planitem=items[link.from_planitem_id], to_planitem=items[link.to_planitem_id]) for link in links
    )
