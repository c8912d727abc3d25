"""Rows of the sets of open data: what the lists of the site show, nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone

from contests.domain.awards import awards
from contests.domain.editions import Edition, editions
from contests.views.winners import COLUMNS as WINNERS
from events.domain.selection import ALL, select
from events.domain.selection import Filters as EventFilters
from events.views.files import COLUMNS as EVENTS
from portal.core.exports import Column
from portal.core.publicity import public
from portal.documents.domain.library import library
from portal.documents.views.listing import COLUMNS as DOCUMENTS
from portal.organisations.exports import COLUMNS as ORGANISATIONS
from portal.organisations.models import Municipality, Organisation
from portal.roadmap.domain.reading import ItemView, plan_view
from portal.roadmap.models import RoadmapPage
from practices.domain import queries
from practices.domain.catalogue import catalogue
from practices.views.downloads import COLUMNS as PRACTICES
from practices.views.downloads import card_rows

Rows = Callable[[], Iterable[Any]]


@dataclass(frozen=True)
class Source:
    """Where the rows of a set come from, and its columns."""

    columns: tuple[Column, ...]
    rows: Rows


def _practices() -> Iterator[Any]:
    found = catalogue()
    bitmap = found.visible()
    return card_rows(found.index.page(bitmap, 0, bitmap.bit_count()), settings.SITE_URL)


def _stages(edition: Edition) -> list[str]:
    day = timezone.localtime
    return [f"{row.title}: {day(row.starts_at):%d.%m.%Y}–{day(row.ends_at):%d.%m.%Y}" for row in edition.stages]


CONTESTS = (
    Column("Номер", "id", kind="number"),
    Column("Название", "title"),
    Column("Конкурс", "series_title", key="series"),
    Column("Уровень", "level"),
    Column("Год", "year", kind="number"),
    Column("Состояние", lambda edition: edition.standing(timezone.now()).line, key="state"),
    Column("Кратко", "summary"),
    Column("Этапы", _stages, key="stages"),
    Column("Номинации", lambda edition: [row.title for row in edition.nominations], key="nominations"),
    Column("Итоги", lambda edition: edition.shown_results_on(timezone.localdate()), kind="date", key="results_on"),
    Column("Адрес", lambda edition: settings.SITE_URL + edition.url, kind="url", key="url"),
    Column("Демонстрационное", "is_demo"),
)


def _organisations() -> Iterable[Organisation]:
    return Organisation.objects.select_related("kind", "municipality", "city_district").order_by("name_sort", "pk")


MUNICIPALITIES = (
    Column("Название", "name"),
    Column("Короткое название", "short_name"),
    Column("Вид", "kind"),
    Column("Центр", "centre"),
    Column("Организаций", "organisations", kind="number"),
    Column("Практик", "practices", kind="number"),
    Column("Адрес", "url", kind="url"),
)


def _municipalities() -> Iterator[dict[str, Any]]:
    owned = Counter(Organisation.objects.values_list("municipality_id", flat=True))
    practices = queries.counts("municipality")
    for place in Municipality.objects.formations().order_by("name_sort"):
        yield {
            "name": place.name,
            "short_name": place.short_name,
            "kind": place.get_kind_display(),
            "centre": place.centre,
            "organisations": owned[place.pk],
            "practices": practices.get(place.slug, 0),
            "url": settings.SITE_URL + place.get_absolute_url(),
        }


@dataclass(frozen=True)
class PlanRow:
    """An item with its plan and section."""

    plan: str
    section: str
    item: ItemView


ROADMAP = (
    Column("План", "plan"),
    Column("Место", "item.position", kind="number", key="position"),
    Column("№", "item.number", key="number"),
    Column("Раздел", "section"),
    Column("Сроки", "item.period", key="period"),
    Column("Наименование", "item.wording", key="title"),
    Column("Планируемый результат", "item.result", key="result"),
    Column("Ответственный", "item.responsible", key="responsible"),
    Column("Начало", "item.starts_on", kind="date", key="starts_on"),
    Column("Окончание", "item.ends_on", kind="date", key="ends_on"),
    Column("План, количество", "item.planned", kind="number", key="planned"),
    Column("Единица", "item.unit", key="unit"),
    Column("Факт", "item.confirmed", kind="number", key="confirmed"),
    Column("Процент", "item.percent", kind="number", key="percent"),
    Column("Статус", lambda row: row.item.status.label, key="status"),
    Column("Адрес", lambda row: settings.SITE_URL + row.item.url, kind="url", key="url"),
)


def _roadmap() -> Iterator[PlanRow]:
    for page in public(RoadmapPage.objects.all()).order_by("-starts_on", "-pk"):
        plan = plan_view(page)
        sections = {section.slug: section.title for section in plan.sections}
        for item in plan.items:
            yield PlanRow(plan.title, sections.get(item.section, ""), item)


SOURCES: dict[str, Source] = {
    "practices": Source(PRACTICES, _practices),
    "events": Source(EVENTS, lambda: select(EventFilters(when=ALL)).events()),
    "contests": Source(CONTESTS, editions),
    "winners": Source(WINNERS, awards),
    "documents": Source(DOCUMENTS, library),
    "organisations": Source(ORGANISATIONS, _organisations),
    "municipalities": Source(MUNICIPALITIES, _municipalities),
    "roadmap": Source(ROADMAP, _roadmap),
}
