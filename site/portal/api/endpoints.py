"""The public read-only JSON of the portal, version 1."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI
from ninja.decorators import decorate_view

from portal.api import roadmap, rooms, searching
from portal.api.allowance import lightly_limited, limited
from portal.api.parameters import PAGES, PagesForm, parameter, repeated
from portal.api.schemas import PracticeList, Problem, SuggestionList
from portal.api.suggestions import suggest
from portal.core.pagecache import public_page
from practices.domain import cards
from practices.domain.catalogue import FACETS, catalogue
from practices.domain.listing import Selection, select
from practices.forms import SORTS, CatalogueForm
from search.engines.query import highlight

MOST_TAGS = 50

api = NinjaAPI(
    title="Портал качества дошкольного образования",
    version="1",
    description="Открытые данные портала: только чтение, только опубликованное. Неизвестные значения фильтров "
    "пропускаются. Ответы несут ETag; с одного адреса принимаем 120 запросов в минуту, дальше 429.",
    docs_url=None,
    urls_namespace="api",
)

for _router in (roadmap.router, rooms.router, searching.router):
    api.add_router("", _router)

_FILTERS = [
    parameter("q", "Слова, до 200 знаков; нужны все"),
    *repeated(FACETS),
    parameter("sort", f"Порядок: {', '.join(SORTS)}"),
    *PAGES,
]


@api.get(
    "/practices",
    response={200: PracticeList, 429: Problem},
    summary="Практики банка с фильтрами и числами по значениям",
    openapi_extra={"parameters": _FILTERS},
)
@decorate_view(public_page, limited)
def practices(request: HttpRequest) -> dict[str, Any]:
    """Return a page of public practices for the filters of the address."""
    found = catalogue()
    form = CatalogueForm(request.GET, catalogue=found)
    selection = select(found, query=form.query, choices=form.choices, sort=form.sort)
    start, stop = PagesForm(request.GET).part(selection.total)
    return {
        "count": selection.total,
        "results": [_practice(card, form.query) for card in cards.cards(selection.ids(start, stop))],
        "facets": _facets(selection),
        "corrected_query": None,
    }


@api.get(
    "/suggest",
    response={200: SuggestionList, 429: Problem},
    summary="Подсказки к поиску",
    openapi_extra={"parameters": [parameter("q", "Начало слов, до 100 знаков")]},
)
@decorate_view(public_page, lightly_limited)
def suggestions(request: HttpRequest) -> dict[str, Any]:
    """Return suggestions for what was typed so far."""
    found = suggest(request.GET.get("q", ""))
    return {"suggestions": [{"text": item.text, "url": item.url, "kind": item.kind} for item in found]}


def docs(request: HttpRequest) -> HttpResponse:
    """Describe the API in words, drawn from its own scheme; no scripts and no other host."""
    schema = api.get_openapi_schema(path_prefix="/api/v1/")
    operations = [
        {"path": path, "method": method.upper(), **operation}
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    ]
    context = {"info": schema["info"], "operations": operations, "canonical": f"{settings.SITE_URL}/api/v1/docs"}
    return render(request, "api/docs.html", context)


def _practice(card: cards.Card, query: str) -> dict[str, Any]:
    municipality, organisation = card["municipality"], card["organisation"]
    return {
        "id": card["id"],
        "external_id": card["external_id"],
        "title": card["title"],
        "url": settings.SITE_URL + card["url"],
        "summary": card["summary"],
        "tags": [tag["label"] for tag in card["tags"]],
        "municipality": municipality["name"] if municipality else None,
        "organisation": organisation["name"] if organisation else None,
        "highlight": _marked(card, query) if query else None,
    }


def _marked(card: cards.Card, query: str) -> str:
    summary = highlight(card["summary"], query)
    return str(summary if "<mark>" in summary else highlight(card["title"], query))


def _facets(selection: Selection) -> dict[str, list[dict[str, Any]]]:
    """Return values that somebody would have, and the chosen ones; of topics the most used."""
    result: dict[str, list[dict[str, Any]]] = {}
    for facet, counts in selection.counts().items():
        options = selection.catalogue.options[facet]
        chosen = selection.choices.get(facet, [])
        values = [
            {"value": value, "label": option.label, "count": counts.get(value, 0)}
            for value, option in options.items()
            if counts.get(value) or value in chosen
        ]
        if facet == "tag":
            values = sorted(values, key=lambda row: -counts.get(str(row["value"]), 0))[:MOST_TAGS]
        result[facet] = values
    return result
