"""The catalogue as values for its templates."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from portal.core import versions
from portal.core.listing import address, page_links, plural, without
from practices.domain import cards, queries
from practices.domain.catalogue import FACETS, RECOGNISED, Catalogue, Option, catalogue
from practices.domain.changes import practices_version
from practices.domain.listing import Selection, select
from practices.enums import SECTION_URL
from practices.forms import NEW, RELEVANCE, SORTS, WHOLE, CatalogueForm

PER_PAGE = 20
SHOWN = {"tag": 12, "deficit": 8, "need": 8}  # of long dictionaries the most used values: a page has ten kilobytes
REGION = "catalogue"  # id of the part that htmx replaces
_OPEN = {"area", "age", "kind", "municipality"}
_ALWAYS_SHOWN = {"area", "age", "level"}  # short scales: a hole in them would puzzle more than a grey zero


def is_part(request: HttpRequest) -> bool:
    """Tell whether htmx asks for the list alone."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-Target") == REGION


def catalogue_context(request: HttpRequest) -> dict[str, Any]:
    """Return the context of the catalogue for the filters in the address."""
    found = catalogue()
    form = CatalogueForm(request.GET, catalogue=found)
    selection = select(found, query=form.query, choices=form.choices, sort=form.sort)
    params = form.params
    links = page_links(SECTION_URL, params, number=form.cleaned_data["page"], total=selection.total, per_page=PER_PAGE)
    paged = [("page", str(links.number))] if links.number > 1 else []
    bank = found.visible().bit_count()
    return {
        "query": form.query,
        "rows": cards.rows(selection.ids(links.start, links.stop), form.query),
        "links": links,
        "total": selection.total,
        "total_words": words_for(selection.total),
        "bank": bank if bank != selection.total else 0,
        "facets": _facet_panel(selection, form),
        "filters": list(_chips(form, found)),
        "kept": [{"name": name, "value": value} for name, value in params if name != "q"],
        "sorts": _sorts(form),
        "empty": None if selection.total else _empty(selection, form, found),
        "action_url": SECTION_URL,
        "canonical": settings.SITE_URL + address(SECTION_URL, paged if not params else []),
        "noindex": bool(params),
        "address": address(SECTION_URL, [*params, *paged]),
        "exports": [
            {"label": fmt.upper(), "url": address(reverse("practice_export", args=[fmt]), params)}
            for fmt in ("xlsx", "csv", "json")
        ],
    }


def words_for(number: int) -> str:
    """Return «12 практик»."""
    return f"{number} {plural(number, 'практика', 'практики', 'практик')}"


def _facet_panel(selection: Selection, form: CatalogueForm) -> SafeString:
    """Return the facets as HTML, kept under what they depend on: the practices counted and the choices."""
    counted = selection.within.to_bytes((selection.within.bit_length() + 7) // 8, "little")
    depends = hashlib.sha256(counted + repr((selection.choices, form.whole)).encode()).hexdigest()[:32]
    html = versions.cached(
        f"facet-panel:{depends}",
        lambda: str(render_to_string("practices/components/facets.html", _panel(selection, form))),
        timeout=3600,
        version=practices_version,
    )
    return mark_safe(html)  # our own rendered template, kept as text


def _panel(selection: Selection, form: CatalogueForm) -> dict[str, Any]:
    """Return the facets; beside a dictionary shown whole the folded ones wait, for a page has ten kilobytes."""
    facets = list(_facets(selection, form))
    shown = [facet for facet in facets if facet["open"]] if form.whole else facets
    return {"facets": shown, "whole": form.whole, "are_others": len(shown) < len(facets)}


def _facets(selection: Selection, form: CatalogueForm) -> Iterator[dict[str, Any]]:
    counts = selection.counts()
    for name, title in FACETS.items():
        chosen = selection.choices.get(name, [])
        whole = name == form.whole
        options = _shown(name, selection.catalogue.options[name], counts[name], chosen, whole=whole)
        if not options:
            continue
        kind = "select" if name == "municipality" else ""
        rows = [
            {
                "value": option.value,
                "label": f"– {option.label}" if kind and option.inside else option.label,
                "count": counts[name].get(option.value, 0),
                # A select has one choice: of several in the address it shows the last, the others stay beside it.
                "checked": option.value in (chosen[-1:] if kind else chosen),
                "area": option.figure,
            }
            for option in options
        ]
        yield {
            "name": name,
            "title": title,
            "options": rows,
            "open": name in _OPEN or whole or bool(chosen),
            "kind": kind,
            "any": "Все муниципалитеты",
            "chosen": len(chosen),
            "hidden": chosen[:-1] if kind else [],
            "more": WHOLE.get(name, "") if not whole and len(options) < sum(map(bool, counts[name].values())) else "",
        }


def _shown(
    name: str, options: dict[str, Option], counts: dict[str, int], chosen: list[str], *, whole: bool
) -> list[Option]:
    if name in SHOWN and not whole:
        used = sorted((value for value in counts if counts[value]), key=lambda value: (-counts[value], value))
        ordered = dict.fromkeys([*used[: SHOWN[name]], *chosen])
        return [options[value] for value in ordered if value in options]
    return [
        option
        for option in options.values()
        if counts.get(option.value)
        or option.value in chosen
        or (name in _ALWAYS_SHOWN and not option.inside and any(counts.values()))
    ]


def _chips(form: CatalogueForm, found: Catalogue) -> Iterator[dict[str, str]]:
    params = form.params
    if form.query:
        yield {"label": f"«{form.query}»", "url": address(SECTION_URL, without(params, "q"))}
    for facet, values in form.choices.items():
        for value in values:
            yield {
                "label": found.options[facet][value].label,
                "url": address(SECTION_URL, without(params, facet, value)),
            }


def _sorts(form: CatalogueForm) -> list[dict[str, Any]]:
    values = [RELEVANCE, NEW, RECOGNISED] if form.query else [NEW, RECOGNISED]
    return [{"value": value, "label": SORTS[value], "checked": value == form.sort} for value in values]


def _empty(selection: Selection, form: CatalogueForm, found: Catalogue) -> dict[str, Any]:
    """Return what to say when nothing is found: the filter that empties the list and a way out."""
    if not form.params:
        return {"title": "Здесь пока нет практик", "text": "Первые практики появятся после экспертизы.", "filters": []}
    title = f"По запросу «{form.query}» ничего нет" if form.query and not form.choices else "Ничего не нашлось"
    relief = selection.relief()
    if relief is None:
        return {"title": title, "text": "Попробуйте другие слова или одну из тем.", "filters": [], "topics": _topics()}
    if relief.name == "q":
        what, labels = f"запрос «{form.query}»", [f"«{form.query}»"]
    else:
        labels = [found.options[relief.name][value].label for value in form.choices[relief.name]]
        what = f"фильтр «{FACETS[relief.name]}: {', '.join(labels)}»"
    return {
        "title": title,
        "text": f"Список опустошает {what}. Без него {plural(relief.count, 'найдётся', 'найдутся', 'найдётся')} "
        f"{words_for(relief.count)}.",
        "filters": [{"label": ", ".join(labels), "url": address(SECTION_URL, without(form.params, relief.name))}],
        "topics": [],
    }


def _topics() -> list[dict[str, str]]:
    return [{"label": label, "url": reverse("topic", args=[slug])} for slug, label, _ in queries.popular("tag", 6)]
