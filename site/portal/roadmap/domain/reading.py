"""A plan as visitors read it: words of the document beside numbers, read by a constant number of queries and kept.

A person whose name has no ground for publication is nowhere in here: the post or the party stands instead.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils import timezone

from portal.core import versions
from portal.core.publicity import is_public, next_change, public
from portal.core.together import Row, read_together, references
from portal.roadmap.domain.periods import period_words
from portal.roadmap.domain.progress import ItemProgress, plan_progress
from portal.roadmap.enums import ChangeKind, ItemStatus
from portal.roadmap.models import (
    ItemResponsible,
    PartyPerson,
    PlanChange,
    PlanItem,
    RoadmapIndexPage,
    RoadmapPage,
)

COLUMNS = ("№", "Сроки", "Наименование", "Планируемый результат", "Ответственный")  # as the document names them
DAY_SECONDS = 24 * 3600
SECTION_URL = f"/{RoadmapIndexPage.section_slug}/"


@dataclass(frozen=True)
class PartyView:
    """A responsible party as visitors see it."""

    slug: str
    name: str
    full_name: str


@dataclass(frozen=True)
class ItemView:
    """An item: the five cells of the document, then what is known of it.

    `needs` and `needed_by` are positions; `moved` is the term in words when an order moved it; `has_history`
    says that its dates or status were changed.
    """

    pk: int
    position: int
    label: str
    section: str
    number: str
    period: str
    title: str
    wording: str
    result: str
    responsible: str
    parties: tuple[PartyView, ...]
    starts_on: dt.date
    ends_on: dt.date
    recurrence: str
    recurrence_label: str
    unit: str
    note: str
    needs: tuple[int, ...]
    needed_by: tuple[int, ...]
    planned: int | None
    confirmed: int
    percent: int | None
    status: ItemStatus
    explanation: str
    moved: str
    has_history: bool
    url: str

    @property
    def tally(self) -> str:
        """«1 из 3» where there is a quantity, «подтверждено: 2» where there is none, blank where there is no fact."""
        if self.planned is not None:
            return f"{self.confirmed} из {self.planned}"
        return f"подтверждено: {self.confirmed}" if self.confirmed else ""

    @property
    def quarters(self) -> list[str]:
        """The quarters that the item's time touches: «2022-1»."""
        first, last = _quarter_number(self.starts_on), _quarter_number(self.ends_on)
        return [f"{number // 4}-{number % 4 + 1}" for number in range(first, last + 1)]


@dataclass(frozen=True)
class SectionView:
    """A section with its heading as the document writes it."""

    pk: int
    slug: str
    heading: str
    title: str
    percent: int | None
    done: int
    total: int


@dataclass(frozen=True)
class PlanView:
    """A plan with everything its pages and files show."""

    pk: int
    slug: str
    title: str
    document_title: str
    url: str
    starts_on: dt.date
    ends_on: dt.date
    is_archived: bool
    percent: int | None
    done: int
    total: int
    sections: tuple[SectionView, ...]
    items: tuple[ItemView, ...]
    day: dt.date

    def item(self, position: int) -> ItemView | None:
        """The item at a place, None where there is none."""
        return next((item for item in self.items if item.position == position), None)

    @property
    def parties(self) -> list[PartyView]:
        """Every party that answers for an item, in the order of the document."""
        return list(dict.fromkeys(party for item in self.items for party in item.parties))

    @property
    def quarters(self) -> list[str]:
        """The quarters of the plan in order."""
        first, last = _quarter_number(self.starts_on), _quarter_number(self.ends_on)
        touched = {quarter for item in self.items for quarter in item.quarters}
        return [
            name
            for number in range(min(first, last), max(first, last) + 1)
            if (name := f"{number // 4}-{number % 4 + 1}") in touched
        ]


def _quarter_number(day: dt.date) -> int:
    return day.year * 4 + (day.month - 1) // 3


def plan_view(plan: RoadmapPage) -> PlanView:
    """Return what visitors see of `plan` today; of a public plan it is kept until something is published."""
    if not is_public(plan):
        return fresh_view(plan)
    name = f"roadmap-plan:{plan.pk}:{timezone.localdate()}"
    return versions.cached(name, lambda: fresh_view(plan), timeout=seconds_it_stands())


def seconds_it_stands() -> int:
    """A page whose time runs out stops proving in that second, before the worker comes and says so."""
    change = next_change()
    left = int((change - timezone.now()).total_seconds()) if change else DAY_SECONDS
    return max(min(left, DAY_SECONDS), 0)


def fresh_view(plan: RoadmapPage) -> PlanView:
    """Return the same read anew: for verbs that change what they have compared."""
    return _read(plan, timezone.localdate())


def public_plan(slug: str) -> RoadmapPage | None:
    """Return the public plan at an address, None where any visitor may not read it."""
    return public(RoadmapPage.objects.filter(slug=slug)).first()


def featured_page(section: RoadmapIndexPage) -> RoadmapPage | None:
    """Return the public plan that `section` shows: the one chosen by editors, else the latest, None where is none."""
    featured = section.featured
    if featured is not None and is_public(featured):
        return featured
    return public(RoadmapPage.objects.all()).order_by("-starts_on", "-pk").first()


def public_plans() -> list[dict[str, str]]:
    """Title and address of every public plan, the latest first."""
    return versions.cached("roadmap-plans", _public_plans)


def _public_plans() -> list[dict[str, str]]:
    found = public(RoadmapPage.objects.all()).order_by("-starts_on", "-pk").values("title", "slug")
    return [{"title": row["title"], "url": plan_url(row["slug"])} for row in found]


def plan_url(slug: str) -> str:
    """Return the address of a plan."""
    return f"{SECTION_URL}{slug}/"


def _read(plan: RoadmapPage, day: dt.date) -> PlanView:
    changes = PlanChange.objects.filter(item=OuterRef("pk"))
    rows = list(
        PlanItem.objects.filter(plan=plan)
        .select_related("section")
        .annotate(
            is_moved=Exists(changes.filter(kind=ChangeKind.DATES)),
            has_history=Exists(changes.filter(kind__in=[ChangeKind.DATES, ChangeKind.STATUS])),
        )
        .order_by("position")
    )
    progress = plan_progress(plan, today=day, items=rows)
    links, parties = _around(plan)
    positions = {row.pk: row.position for row in rows}
    needs: dict[int, list[int]] = {pk: [] for pk in positions}
    needed: dict[int, list[int]] = {pk: [] for pk in positions}
    for later, earlier in links:
        if earlier in positions:
            needs[later].append(positions[earlier])
            needed[earlier].append(positions[later])
    hidden = hidden_names()
    items = tuple(
        _item(
            row,
            progress.items[row.pk],
            url=plan_url(plan.slug),
            parties=tuple(parties.get(row.pk, ())),
            needs=tuple(sorted(needs[row.pk])),
            needed_by=tuple(sorted(needed[row.pk])),
            hidden=hidden,
            is_moved=row.is_moved,
            has_history=row.has_history,
        )
        for row in rows
    )
    return PlanView(
        pk=plan.pk,
        slug=plan.slug,
        title=plan.title,
        document_title=plan.document_title or plan.title,
        url=plan_url(plan.slug),
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        is_archived=plan.is_archived,
        percent=progress.percent,
        done=progress.done,
        total=progress.total,
        sections=tuple(_sections(rows, items, progress.sections)),
        items=items,
        day=day,
    )


def _sections(
    rows: Sequence[PlanItem], items: tuple[ItemView, ...], percents: dict[int, int | None]
) -> list[SectionView]:
    """Sections that have items, in their order: one without any says nothing."""
    found = []
    for part in sorted({row.section for row in rows}, key=lambda section: section.order):
        own = [item for item in items if item.section == part.slug]
        found.append(
            SectionView(
                pk=part.pk,
                slug=part.slug,
                heading=part.heading,
                title=part.title,
                percent=percents.get(part.pk),
                done=sum(item.status == ItemStatus.DONE for item in own),
                total=sum(item.status != ItemStatus.CANCELLED for item in own),
            )
        )
    return found


def _around(plan: RoadmapPage) -> tuple[list[Row], dict[int, list[PartyView]]]:
    """Return which item rests on which and who answers for each, by one query."""
    links, duties = read_together(
        (
            PlanItem.depends_on.through.objects.filter(from_planitem__plan=plan),
            ("from_planitem_id", "to_planitem_id"),
        ),
        (
            ItemResponsible.objects.filter(item__plan=plan),
            ("order", "pk", "item_id", "party__slug", "party__short_name", "party__full_name"),
        ),
    )
    parties: dict[int, list[PartyView]] = {}
    for _order, _pk, item, *party in sorted(duties):
        parties.setdefault(item, []).append(PartyView(*party))
    return links, parties


_hidden_rows = references.add(
    "hidden-names",
    lambda: (PartyPerson.objects.filter(is_public=False), ("name", "position", "party__short_name")),
)


def hidden_names() -> dict[str, str]:
    """Names that documents hold and nobody may publish, with the words that stand instead (152-ФЗ art. 10.1)."""
    return {name: position or party for name, position, party in _hidden_rows()}


def without_names(text: str, hidden: dict[str, str]) -> str:
    """Return `text` with every hidden name replaced, longer names first: one may begin with another."""
    for name in sorted(hidden, key=len, reverse=True):
        text = text.replace(name, hidden[name])
    return text


def _item(
    row: PlanItem,
    progress: ItemProgress,
    *,
    url: str,
    parties: tuple[PartyView, ...],
    needs: tuple[int, ...],
    needed_by: tuple[int, ...],
    hidden: dict[str, str],
    is_moved: bool,
    has_history: bool,
) -> ItemView:
    return ItemView(
        pk=row.pk,
        position=row.position,
        label=row.label,
        section=row.section.slug,
        number=row.number_text,
        period=row.period_text,
        title=without_names(row.title, hidden),
        wording=without_names(row.title_text, hidden),
        result=without_names(row.result_text, hidden),
        responsible=without_names(row.responsible_text, hidden),
        parties=parties,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        recurrence=row.recurrence,
        recurrence_label=row.get_recurrence_display(),
        unit=row.unit,
        note=without_names(row.note, hidden),
        needs=needs,
        needed_by=needed_by,
        planned=progress.planned,
        confirmed=progress.confirmed,
        percent=progress.percent,
        status=progress.public_status,
        explanation=without_names(progress.explanation, hidden) if progress.status == progress.public_status else "",
        moved=period_words(row.starts_on, row.ends_on) if is_moved else "",
        has_history=has_history,
        url=f"{url}{row.position}/",
    )
