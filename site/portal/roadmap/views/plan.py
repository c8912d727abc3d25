"""The page of a plan as values for its templates: one of four views, under the filters of the address."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from portal.core import versions
from portal.core.listing import address, plural, without
from portal.core.publicity import is_public
from portal.roadmap.domain import timeline
from portal.roadmap.domain.choices import (
    FACETS,
    MONTHS,
    PARTIES,
    STATUSES,
    TABLE,
    VIEWS,
    PlanFilter,
    facet_options,
    values_of,
)
from portal.roadmap.domain.reading import COLUMNS, ItemView, PlanView, plan_view, public_plans, seconds_it_stands
from portal.roadmap.enums import ItemStatus
from portal.roadmap.models import RoadmapPage

# How a status is drawn: shape and colour of components/status.html
MARKS = {
    ItemStatus.DONE: "done",
    ItemStatus.RUNNING: "run",
    ItemStatus.OVERDUE: "late",
    ItemStatus.NOT_STARTED: "",
    ItemStatus.CANCELLED: "",
    ItemStatus.UNKNOWN: "wait",
}
# Statuses as the legend counts them: «выполнено 13»
_LEGEND_WORDS = {
    ItemStatus.DONE: "выполнено",
    ItemStatus.RUNNING: "идёт",
    ItemStatus.OVERDUE: "просрочено",
    ItemStatus.NOT_STARTED: "не начато",
    ItemStatus.CANCELLED: "снято",
    ItemStatus.UNKNOWN: "нет сведений",
}
_ITEMS = ("пункт", "пункта", "пунктов")


def plan_context(page: RoadmapPage, request: HttpRequest) -> dict[str, Any]:
    """Return the context of a plan for the address of `request`; what is drawn of a public one is kept as it is."""
    place = versions.key(f"plan-drawn:{page.pk}")  # before the plan is read: nothing older is kept under it
    plan = plan_view(page)
    chosen = PlanFilter.read(request.GET, plan)
    items = chosen.items(plan)
    path = request.path
    blocks = [marked(item) for item in plan.items]
    kept = without(chosen.view_params, "view")
    return {
        "plan": plan,
        "drawing": f"{place}:{plan.day}:{address(path, chosen.view_params)}",
        "drawn_seconds": seconds_it_stands() if is_public(page) else 0,
        "today": plan.day,
        "progress": _progress(plan),
        "blocks": blocks,
        "legend": legend(blocks),
        "late": [item for item in plan.items if item.status == ItemStatus.OVERDUE],
        "tabs": [
            {
                "label": label,
                "url": address(path, [*([] if view == TABLE else [("view", view)]), *kept]),
                "count": None,
                "current": view == chosen.view,
            }
            for view, label in VIEWS.items()
        ],
        "view": chosen.view,
        "chosen": [{"name": name, "value": value} for name, value in chosen.params],
        "facets": _facets(plan, chosen),
        "filters": _chips(plan, chosen, path),
        "parties": _parties(plan, chosen, path),
        "reset_url": address(path, [] if chosen.view == TABLE else [("view", chosen.view)]),
        "found": f"{len(items)} {plural(len(items), *_ITEMS)}" + (f" из {len(plan.items)}" if chosen.choices else ""),
        "is_empty": not items,
        "canonical": f"{settings.SITE_URL}{plan.url}",
        "noindex": bool(chosen.view_params),
        "exports": _exports(plan, chosen),
        "others": [other for other in public_plans() if other["url"] != plan.url],
        **_shown(plan, chosen, items),
    }


def marked(item: ItemView) -> dict[str, Any]:
    """Return an item with the mark of its status, for `roadmap/components/item.html` and the blocks."""
    return {"item": item, "mark": MARKS[item.status], "status": item.status.label}


def legend(blocks: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Return how many `blocks` there are of each mark, the most frequent first: «выполнено 4»."""
    numbers = Counter((block["mark"], _LEGEND_WORDS[block["item"].status]) for block in blocks)
    return [{"mark": mark, "words": f"{words} {number}"} for (mark, words), number in numbers.most_common()]


def _shown(plan: PlanView, chosen: PlanFilter, items: list[ItemView]) -> dict[str, Any]:
    if chosen.view == MONTHS:
        bars = [{**marked(bar.item), "bar": bar} for bar in timeline.bars(plan, items)]
        return {"months": timeline.months(plan, items), "bars": bars}
    if chosen.view == PARTIES:
        groups = [
            (party.name, party.full_name, [item for item in items if party in item.parties]) for party in plan.parties
        ]
        nobody = [item for item in items if not item.parties]
        groups += [("Ответственный не назван", "", nobody)] if nobody else []
        return {"groups": _groups(groups)}
    if chosen.view == STATUSES:
        return {
            "groups": _groups(
                [
                    (status.label.capitalize(), "", [item for item in items if item.status == status])
                    for status in (
                        ItemStatus.OVERDUE, ItemStatus.RUNNING, ItemStatus.NOT_STARTED, ItemStatus.DONE,
                        ItemStatus.UNKNOWN, ItemStatus.CANCELLED,
                    )
                ]
            )
        }  # fmt: skip
    sections = [
        {"section": section, "rows": [marked(item) for item in items if item.section == section.slug]}
        for section in plan.sections
    ]
    return {"sections": [part for part in sections if part["rows"]], "columns": COLUMNS}


def _groups(groups: list[tuple[str, str, list[ItemView]]]) -> list[dict[str, Any]]:
    return [
        {
            "title": title,
            "lead": lead if lead != title else "",
            "count": f"{len(items)} {plural(len(items), *_ITEMS)}",
            "rows": [marked(item) for item in items],
        }
        for title, lead, items in groups
        if items
    ]


def _progress(plan: PlanView) -> list[dict[str, Any]]:
    return [
        {"title": section.title, "slug": section.slug, "done": section.done, "total": section.total}
        for section in plan.sections
    ]


def _facets(plan: PlanView, chosen: PlanFilter) -> list[dict[str, Any]]:
    options = facet_options(plan)
    found = []
    for facet, title in FACETS.items():
        values = [value for item in chosen.items(plan, without=facet) for value in values_of(item, facet)]
        picked = chosen.choices.get(facet, [])
        rows = [
            {"value": value, "label": label, "count": values.count(value), "checked": value in picked}
            for value, label in options[facet].items()
        ]
        found.append({"name": facet, "title": title, "options": rows, "chosen": len(picked)})
    return found


def _chips(plan: PlanView, chosen: PlanFilter, path: str) -> list[dict[str, str]]:
    options = facet_options(plan)
    return [
        {"label": options[facet][value], "url": address(path, without(chosen.view_params, facet, value))}
        for facet, value in chosen.params
    ]


def _parties(plan: PlanView, chosen: PlanFilter, path: str) -> list[dict[str, Any]]:
    """One click to all items of a party: the filter by it alone."""
    if chosen.choices:
        return []
    view = [] if chosen.view == TABLE else [("view", chosen.view)]
    return [{"label": party.name, "url": address(path, [*view, ("responsible", party.slug)])} for party in plan.parties]


def _exports(plan: PlanView, chosen: PlanFilter) -> list[dict[str, str]]:
    return [
        {
            "label": label,
            "url": address(reverse("roadmap_export", args=[plan.slug, fmt]), chosen.params),
        }
        for fmt, label in (("docx", "DOCX"), ("xlsx", "XLSX"), ("json", "JSON"), ("ics", "Календарь"))
    ]
