"""What a visitor may ask of a plan; what an address says that does not exist is left out and the rest holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.http import QueryDict

from portal.roadmap.domain.reading import ItemView, PlanView
from portal.roadmap.enums import ItemStatus

TABLE, MONTHS, PARTIES, STATUSES = "table", "months", "responsible", "status"
VIEWS = {TABLE: "Таблица", MONTHS: "По месяцам", PARTIES: "По ответственным", STATUSES: "По статусу"}
FACETS = {"section": "Раздел", "status": "Статус", "responsible": "Ответственный", "quarter": "Квартал"}
_ROMAN = ("I", "II", "III", "IV")


def quarter_label(value: str) -> str:
    """Return «2022-1» as «I квартал 2022»."""
    year, number = value.split("-")
    return f"{_ROMAN[int(number) - 1]} квартал {year}"


def facet_options(plan: PlanView) -> dict[str, dict[str, str]]:
    """Return value → label of every facet, in the order of the plan."""
    used = {item.status for item in plan.items}
    return {
        "section": {section.slug: section.title for section in plan.sections},
        "status": {str(status.value): str(status.label) for status in ItemStatus if status in used},
        "responsible": {party.slug: party.name for party in plan.parties},
        "quarter": {value: quarter_label(value) for value in plan.quarters},
    }


def values_of(item: ItemView, facet: str) -> Iterable[str]:
    """Return the values of an item in a facet."""
    if facet == "section":
        return [item.section]
    if facet == "status":
        return [item.status.value]
    if facet == "responsible":
        return [party.slug for party in item.parties]
    return item.quarters


@dataclass(frozen=True)
class Period:
    """Days from which and up to which facts are told of; None: no bound."""

    begins: dt.date | None = None
    ends: dt.date | None = None

    def __bool__(self) -> bool:
        return self.begins is not None or self.ends is not None

    def __contains__(self, day: dt.date) -> bool:
        return (self.begins is None or day >= self.begins) and (self.ends is None or day <= self.ends)

    @property
    def params(self) -> list[tuple[str, str]]:
        """The pairs of the address that say the same."""
        bounds = (("from", self.begins), ("to", self.ends))
        return [(name, day.isoformat()) for name, day in bounds if day is not None]

    @property
    def words(self) -> str:
        """«за период с 01.01.2022 по 31.03.2022», blank without bounds."""
        begins = f" с {self.begins:%d.%m.%Y}" if self.begins else ""
        ends = f" по {self.ends:%d.%m.%Y}" if self.ends else ""
        return f"за период{begins}{ends}" if self else ""


@dataclass(frozen=True)
class PlanFilter:
    """The view, the choices (OR inside a facet, AND between them) and the period of a report."""

    view: str = TABLE
    choices: Mapping[str, list[str]] = field(default_factory=dict)
    period: Period = Period()

    @classmethod
    def read(cls, query: QueryDict, plan: PlanView) -> PlanFilter:
        """Return what `query` asks of `plan`."""
        options = facet_options(plan)
        choices = {
            facet: known
            for facet in FACETS
            if (known := [value for value in dict.fromkeys(query.getlist(facet)) if value in options[facet]])
        }
        view = query.get("view", "")
        begins, ends = _day(query.get("from", "")), _day(query.get("to", ""))
        if begins and ends and ends < begins:
            begins, ends = ends, begins
        return cls(view=view if view in VIEWS else TABLE, choices=choices, period=Period(begins, ends))

    @property
    def params(self) -> list[tuple[str, str]]:
        """The pairs of the address that say the same choices."""
        return [(facet, value) for facet, values in self.choices.items() for value in values]

    @property
    def view_params(self) -> list[tuple[str, str]]:
        """The same with the view, when it is not the first one."""
        return ([] if self.view == TABLE else [("view", self.view)]) + self.params

    def items(self, plan: PlanView, *, without: str = "") -> list[ItemView]:
        """Return the items that satisfy the choices; `without`: of every facet but this."""
        asked = {facet: set(values) for facet, values in self.choices.items() if facet != without}
        return [
            item
            for item in plan.items
            if all(not values.isdisjoint(values_of(item, facet)) for facet, values in asked.items())
        ]


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if len(text) == len("2022-01-01") else None
    except ValueError:
        return None
