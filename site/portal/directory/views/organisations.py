"""The list of organisations, its exports, and the page of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import dateformat

from portal.core.exports import FORMATS, export_response
from portal.core.facet_panel import FacetPanel
from portal.core.faceted import Filters
from portal.core.listing import address, page_links, plural
from portal.directory.domain import registry
from portal.directory.domain.registry import CLOSED, OPEN, REGIONAL, WITH_PRACTICES, Entry
from portal.directory.forms import SORTS, OrganisationListForm
from portal.directory.views.beside import beside_organisation
from portal.organisations.choices import city_districts, municipalities
from portal.organisations.exports import COLUMNS
from portal.organisations.models import Organisation
from portal.vocabularies.choices import terms
from portal.vocabularies.enums import Vocabulary
from practices.domain import cards, queries
from practices.enums import SECTION_URL

PER_PAGE = 20
SHOWN_PRACTICES = 30
TITLES = {
    "municipality": "Муниципалитет",
    "kind": "Вид",
    "state": "Работает",
    "practices": "Банк практик",
}
BANK = {"label": "Открыть банк практик", "url": SECTION_URL}
_STATES = {OPEN: "Открытые", CLOSED: "Закрытые"}


def organisation_list(request: HttpRequest) -> HttpResponse:
    """Show organisations by filters: count, chips, order, pages, exports of the same selection."""
    form = OrganisationListForm(request.GET)
    filters, params = form.filters, form.params
    found = registry.in_order(registry.select(filters), form.sort)
    path = reverse("organisations")
    links = page_links(path, params, number=form.cleaned_data["page"], total=len(found), per_page=PER_PAGE)
    everything = len(registry.registry())
    panel = FacetPanel(path, TITLES, _labels(), words_for, {"municipality": "Все муниципалитеты"})
    context: dict[str, Any] = {
        "query": filters.query,
        "rows": [row_values(entry) for entry in found[links.start : links.stop]],
        "links": links,
        "total_words": words_for(len(found)),
        "everything": everything if everything != len(found) else 0,
        "facets": list(panel.facets(filters, registry.counts(filters))),
        "filters": list(panel.chips(filters, params)),
        "sorts": [{"value": value, "label": label, "checked": value == form.sort} for value, label in SORTS.items()],
        "kept": [{"name": name, "value": value} for name, value in params if name != "q"],
        "empty": None if found else _empty(panel, filters, params),
        "action_url": path,
        "canonical": settings.SITE_URL
        + address(path, [("page", str(links.number))] if links.number > 1 and not params else []),
        "noindex": bool(params),
        "exports": [
            {"label": fmt.upper(), "url": address(reverse("organisation_export", args=[fmt]), params)}
            for fmt in FORMATS
        ],
    }
    return render(request, "directory/organisations.html", context)


def export(request: HttpRequest, fmt: str) -> HttpResponseBase:
    """Give the organisations of the list's address as a file; names of heads only where they are public."""
    if fmt not in FORMATS:
        raise Http404
    form = OrganisationListForm(request.GET)
    found = registry.in_order(registry.select(form.filters), form.sort)
    places = {entry.id: number for number, entry in enumerate(found)}
    rows = Organisation.objects.filter(pk__in=places) if len(places) < 500 else Organisation.objects.all()
    rows = rows.select_related("kind", "municipality", "city_district")
    chosen = sorted((row for row in rows if row.pk in places), key=lambda row: places[row.pk])
    return export_response(fmt, "Организации", COLUMNS, chosen)  # type: ignore[arg-type]


def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an organisation: what it is, how to reach it, its practices in the bank."""
    found = get_object_or_404(Organisation.objects.select_related("kind", "municipality", "city_district"), slug=slug)
    ids = queries.of_organisation(found.pk)
    context = {
        "organisation": found,
        "facts": list(_facts(found)),
        "closed_text": f"С {dateformat.format(found.closed_on, 'j E Y')} не работает." if found.closed_on else "",
        "bank": BANK,
        **beside_organisation(found),
        "tiles": cards.tiles(ids[:SHOWN_PRACTICES]),
        "practices_words": practice_words(len(ids)),
        "canonical": settings.SITE_URL + found.get_absolute_url(),
        "description": ", ".join(filter(None, (found.name, found.settlement))),
    }
    return render(request, "directory/organisation.html", context)


def row_values(entry: Entry) -> dict[str, str]:
    """Values of `components/found.html` for an organisation."""
    return {
        "title": entry.short_name,
        "url": reverse("organisation", args=[entry.slug]),
        "kind": entry.kind_label if entry.is_open else ", ".join(filter(None, (entry.kind_label, "закрыта"))),
        "summary": entry.name if entry.name != entry.short_name else "",
        "place": entry.place,
        "count": practice_words(entry.practices) if entry.practices else "",
    }


def words_for(number: int) -> str:
    """«12 организаций»."""
    return f"{number} {plural(number, 'организация', 'организации', 'организаций')}"


def practice_words(number: int) -> str:
    """«5 практик»."""
    return f"{number} {plural(number, 'практика', 'практики', 'практик')}"


def _labels() -> dict[str, dict[str, str]]:
    places = {REGIONAL: "Областные организации"}
    for place in municipalities():
        places[place.slug] = place.short_name
        places |= {district.slug: f"– {district.short_name}" for district in city_districts(place.slug)}
    return {
        "municipality": places,
        "kind": {term.slug: term.label for term in terms(Vocabulary.ORGANISATION_KIND)},
        "state": _STATES,
        "practices": {WITH_PRACTICES: "Есть практики"},
    }


def _empty(panel: FacetPanel, filters: Filters, params: list[tuple[str, str]]) -> dict[str, Any]:
    if not params:
        return {"title": "В реестре пока нет организаций", "text": "Их загружает редакция портала."}
    return panel.nothing_found(filters, params, registry.relief(filters), "Показать все организации")


def _facts(found: Organisation) -> Iterator[dict[str, str]]:
    where = ", ".join(filter(None, (found.settlement, found.address)))
    rows = [
        ("Вид", found.kind.label if found.kind else "", ""),
        (
            "Муниципалитет",
            found.municipality.short_name if found.municipality else "",
            found.municipality.get_absolute_url() if found.municipality else "",
        ),
        (
            "Район города",
            found.city_district.short_name if found.city_district else "",
            found.city_district.get_absolute_url() if found.city_district else "",
        ),
        ("Адрес", where, ""),
        ("Телефон", found.phone, ""),
        ("Почта", found.email, f"mailto:{found.email}"),
        ("Сайт", found.website.split("://", 1)[-1].rstrip("/"), found.website),
        (found.head_position or "Руководитель", found.public_head_name, ""),
        ("ИНН", found.inn, ""),
    ]
    for label, value, url in rows:
        if value:
            yield {"label": label, "value": value, "url": url}
