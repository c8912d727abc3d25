"""«План и факт»: a plan with what proves it, whole or for a period and some items, for files and JSON (FEATURES N2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from portal.roadmap.domain.choices import Period, PlanFilter
from portal.roadmap.domain.progress import standing
from portal.roadmap.domain.reading import ItemView, PlanView
from portal.roadmap.domain.story import Telling, tell, told_facts
from portal.roadmap.models import Fact

MOST_EVIDENCE = 10  # of an item in a document: the rest is counted in words and stands on the item's page


@dataclass(frozen=True)
class Evidence:
    """One thing that proves an item: its day, words, full address (blank: an update by hand), what it adds."""

    on: str
    title: str
    url: str
    amount: int
    is_counted: bool


@dataclass(frozen=True)
class Row:
    """An item with its evidence; `in_period` is what was confirmed in the period, None where none is asked for."""

    position: int
    number: str
    period: str
    title: str
    result: str
    responsible: str
    heading: str
    section: str
    starts_on: str
    ends_on: str
    recurrence: str
    planned: int | None
    unit: str
    confirmed: int
    in_period: int | None
    percent: int | None
    status: str
    moved: str
    note: str
    url: str
    parties: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    more: int

    @property
    def cells(self) -> tuple[str, str, str, str, str]:
        """The five cells of the document."""
        return (self.number, self.period, self.title, self.result, self.responsible)

    @property
    def fact(self) -> str:
        """The column «Факт» in words."""
        unit = f" ({self.unit})" if self.unit else ""
        plan = f"план {self.planned}, факт {self.confirmed}{unit}" if self.planned else ""
        if not plan and self.confirmed:
            plan = f"факт {self.confirmed}"
        words = "; ".join(part for part in (self.status.capitalize(), plan) if part)
        return words + (f"; за период {self.in_period}" if self.in_period is not None else "")


@dataclass(frozen=True)
class Report:
    """A report on a plan; `words` is «за период с … по …» or blank, `day` the day of its figures."""

    plan: str
    title: str
    words: str
    day: str
    done: int
    total: int
    rows: tuple[Row, ...]

    def sections(self) -> Iterator[tuple[str, list[Row]]]:
        """Yield the heading of each section with its rows, in the order of the document."""
        for heading in dict.fromkeys(row.heading for row in self.rows):
            yield heading, [row for row in self.rows if row.heading == heading]


def make_report(plan: PlanView, chosen: PlanFilter, *, site_url: str) -> Report:
    """Return the report on the items of `chosen` with addresses under `site_url`; two queries whatever the size."""
    told = _evidence(plan, chosen.period)
    headings = {section.slug: section.heading for section in plan.sections}
    rows = [
        _row(item, told.get(item.pk, []), heading=headings[item.section], period=chosen.period, site_url=site_url)
        for item in chosen.items(plan)
    ]
    return Report(
        plan=plan.title,
        title=plan.document_title,
        words=chosen.period.words,
        day=plan.day.isoformat(),
        done=plan.done,
        total=plan.total,
        rows=tuple(rows),
    )


def _evidence(plan: PlanView, period: Period) -> dict[int, list[Telling]]:
    """Return by item what stands on the portal, in the order of dates; what was taken down is not in files."""
    facts = told_facts(standing(Fact.objects.filter(item__plan_id=plan.pk)), today=plan.day)
    if period.begins:
        facts = facts.filter(on__gte=period.begins)
    if period.ends:
        facts = facts.filter(on__lte=period.ends)
    found: dict[int, list[Telling]] = {}
    kept = list(facts.select_related("page"))
    for fact, telling in zip(kept, tell(kept), strict=True):
        found.setdefault(fact.item_id, []).append(telling)
    return found


def _row(item: ItemView, told: list[Telling], *, heading: str, period: Period, site_url: str) -> Row:
    shown = told[-MOST_EVIDENCE:]
    return Row(
        position=item.position,
        number=item.number,
        period=item.period,
        title=item.wording,
        result=item.result,
        responsible=item.responsible,
        heading=heading,
        section=item.section,
        starts_on=item.starts_on.isoformat(),
        ends_on=item.ends_on.isoformat(),
        recurrence=item.recurrence_label if item.recurrence else "",
        planned=item.planned,
        unit=item.unit,
        confirmed=item.confirmed,
        in_period=sum(telling.amount for telling in told if telling.is_counted) if period else None,
        percent=item.percent,
        status=str(item.status.label),
        moved=item.moved,
        note=item.note,
        url=f"{site_url}{item.url}",
        parties=tuple(party.name for party in item.parties),
        evidence=tuple(
            Evidence(
                on=telling.on.isoformat(),
                title=telling.title,
                url=f"{site_url}{telling.url}" if telling.url else "",
                amount=telling.amount,
                is_counted=telling.is_counted,
            )
            for telling in shown
        ),
        more=len(told) - len(shown),
    )


def day_words(iso: str) -> str:
    """Return «2022-03-16» as «16.03.2022»."""
    return f"{dt.date.fromisoformat(iso):%d.%m.%Y}"
