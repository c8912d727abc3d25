"""The page of an item: the document's words, plan and fact, the story of its evidence, what it rests on."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from portal.core import versions
from portal.core.listing import address, page_links
from portal.roadmap.domain import story
from portal.roadmap.domain.attention import DueLine, DueState, counted_days, due_lines
from portal.roadmap.domain.reading import ItemView, PlanView, plan_view, public_plan, seconds_it_stands
from portal.roadmap.enums import Recurrence
from portal.roadmap.models import Fact
from portal.roadmap.views.plan import MARKS, marked

PER_PAGE = 20
_DUE_MARKS = {DueState.DONE: "done", DueState.RUNNING: "run", DueState.MISSED: "wait", DueState.AHEAD: ""}

_DUE_TITLES: dict[str, str] = {
    Recurrence.MONTHLY: "По месяцам",
    Recurrence.QUARTERLY: "По кварталам",
    Recurrence.HALF_YEARLY: "По полугодиям",
}


def item_page(request: HttpRequest, slug: str, position: int) -> HttpResponse:
    """Show an item of a public plan; a stranger's plan and a missing place are the same 404."""
    place = versions.key("item-drawn")  # before the plan is read: nothing older is kept under it
    page = public_plan(slug)
    plan = plan_view(page) if page is not None else None
    item = plan.item(position) if plan is not None else None
    if plan is None or item is None:
        raise Http404
    return render(request, "roadmap/item.html", item_context(request, plan, item, place))


def item_context(request: HttpRequest, plan: PlanView, item: ItemView, place: str) -> dict[str, Any]:
    """Return the context of the page of `item`; what is drawn of it is kept under `place`."""
    today = plan.day
    facts = Fact.objects.filter(item_id=item.pk)
    told = story.told_facts(facts, today=today)
    total, announced = story.numbers(facts, today=today)
    asked = request.GET.get("page", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    links = page_links(item.url, [], number=number, total=total, per_page=PER_PAGE)
    section = next(part for part in plan.sections if part.slug == item.section)
    return {
        "plan": plan,
        "drawing": f"{place}:{item.pk}:{plan.day}:{links.number}",
        "drawn_seconds": seconds_it_stands(),
        "item": item,
        "mark": MARKS[item.status],
        "heading": section.title,
        "facts": _facts(plan, item),
        "due_title": _DUE_TITLES.get(item.recurrence, ""),
        "due": _due(item, today) if item.recurrence else [],
        "story": story.tellings(told, links.start, links.stop) if total else [],
        "total": total,
        "links": links,
        "ahead": story.ahead(facts, today=today) if announced else [],
        "history": story.history(item.pk) if item.has_history else [],
        "needs": _items(plan, item.needs),
        "needed_by": _items(plan, item.needed_by),
        "previous": plan.item(item.position - 1),
        "next": plan.item(item.position + 1),
        "canonical": settings.SITE_URL + address(item.url, []),
        "noindex": links.number > 1,
    }


def _due(item: ItemView, today: dt.date) -> list[dict[str, Any]]:
    days = counted_days([item], today=today).get(item.pk, [])
    return [
        {"line": line, "mark": _DUE_MARKS[line.state], "words": _due_words(line)}
        for line in due_lines(item, days=days, today=today)
    ]


def _due_words(line: DueLine) -> str:
    """The public is told of no fact, not of a fault."""
    words = {DueState.DONE: f"подтверждено: {line.confirmed}", DueState.MISSED: "подтверждённых фактов нет"}
    return words.get(line.state) or str(line.state.label)


def _items(plan: PlanView, positions: tuple[int, ...]) -> list[dict[str, Any]]:
    return [marked(item) for position in positions if (item := plan.item(position)) is not None]


def _facts(plan: PlanView, item: ItemView) -> list[dict[str, str]]:
    """The cells of the document, under its own names of the columns."""
    return [
        {"label": "№", "value": item.number or "в документе не указан"},
        {"label": "Сроки", "value": item.period},
        {"label": "Планируемый результат", "value": item.result},
        {"label": "Ответственный", "value": item.responsible},
    ]
