"""The section of the roadmap and the approved plan 2021–2022, word for word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from django.contrib.auth.models import Group
from modelsearch.index import insert_or_update_object

from portal.core.sections import make_section
from portal.roadmap.domain.owners import owners_group
from portal.roadmap.enums import PartyKind, Recurrence
from portal.roadmap.models import (
    ItemResponsible,
    Party,
    PartyPerson,
    PlanItem,
    PlanSection,
    RoadmapIndexPage,
    RoadmapPage,
)
from portal.roadmap.rules import OWNERS
from portal.vocabularies.setup import not_offered
from search.text import match_key

REFERENCE = Path(__file__).parent / "reference" / "plan_2021_2022.yaml"
PLANS, PARTIES = "roadmap-plans", "roadmap-parties"


def setup() -> Iterator[str]:
    """Make the section, the responsible parties and the approved plan when they were never made.

    What people changed stays, what they deleted is not made again. The section features the plan it is made with.
    """
    yield from make_section(
        RoadmapIndexPage(
            title="Дорожная карта",
            slug=RoadmapIndexPage.section_slug,
            summary="Что намечено в системе мониторинга качества дошкольного образования, что сделано и чем это доказано.",
        )
    )
    if not Group.objects.filter(name=OWNERS).exists():
        owners_group()
        yield f"группа «{OWNERS}»"
    plan = yaml.safe_load(REFERENCE.read_text(encoding="utf-8"))
    _make_parties(plan["parties"])
    if not_offered(PLANS, [plan["slug"]]):
        section = RoadmapIndexPage.objects.get()
        if not section.get_children().filter(slug=plan["slug"]).exists():
            made = make_plan(section, plan)
            if section.featured_id is None:
                section.featured = made
                section.save_revision().publish()
            yield f"план «{made.title}»"


def _make_parties(rows: list[dict[str, Any]]) -> None:
    """Names that the approved document itself publishes are shown (152-ФЗ art. 10.1)."""
    fresh = not_offered(PARTIES, [row["slug"] for row in rows])
    for row in rows:
        if row["slug"] not in fresh or _find_party(row) is not None:
            continue
        party = Party.objects.create(
            slug=row["slug"], short_name=row["short_name"], full_name=row["full_name"], kind=PartyKind(row["kind"])
        )
        for name in row.get("people", []):
            PartyPerson.objects.create(party=party, name=name, is_public=True)


def _find_party(row: dict[str, Any]) -> Party | None:
    by_slug = Party.objects.filter(slug=row["slug"]).first()
    return by_slug or Party.objects.filter(name_match=match_key(row["short_name"])).first()


def make_plan(section: RoadmapIndexPage, plan: dict[str, Any]) -> RoadmapPage:
    """Publish an archived plan that counts its facts by itself, from a description in the form of `reference/`."""
    page = RoadmapPage(
        title=plan["title"],
        slug=plan["slug"],
        summary=plan["summary"],
        document_title=plan["document_title"],
        starts_on=_day(plan["starts_on"]),
        ends_on=_day(plan["ends_on"]),
        is_archived=True,
        confirms_by_itself=True,
    )
    section.add_child(instance=page)
    parties = {row["slug"]: party for row in plan["parties"] if (party := _find_party(row)) is not None}
    items: dict[int, PlanItem] = {}
    needs: dict[int, list[int]] = {}
    for order, block in enumerate(plan["sections"], start=1):
        part = PlanSection.objects.create(
            plan=page, order=order, heading=block["heading"], title=block["title"], slug=block["slug"]
        )
        for row in block["items"]:
            position = len(items) + 1
            items[position] = _make_item(page, part, position, row)
            needs[position] = row.get("depends_on", [])
            _name_responsible(items[position], row["parties"], parties)
    for position, wanted in needs.items():
        items[position].depends_on.set([items[other] for other in wanted])
    page.save_revision().publish()
    insert_or_update_object(page)  # its words are those of its items, which came after it
    return page


def _make_item(page: RoadmapPage, part: PlanSection, position: int, row: dict[str, Any]) -> PlanItem:
    return PlanItem.objects.create(
        plan=page,
        section=part,
        position=position,
        number_text=row["number"],
        period_text=row["period"],
        title_text=row["title"],
        result_text=row["result"],
        responsible_text=row["responsible"],
        starts_on=_day(row["starts_on"]),
        ends_on=_day(row["ends_on"]),
        recurrence=Recurrence(row.get("recurrence", "")),
        planned=row.get("planned"),
        unit=row.get("unit", ""),
        note=row.get("note", ""),
    )


def _name_responsible(item: PlanItem, rows: list[dict[str, str]], parties: dict[str, Party]) -> None:
    for order, row in enumerate(rows):
        party = parties.get(row["party"])
        if party is not None:
            person = party.people.filter(name=row.get("person", "")).first()
            ItemResponsible.objects.create(item=item, party=party, person=person, order=order)


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)
