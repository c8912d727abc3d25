"""The list of municipalities and the page of each, city districts too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from portal.core.faceted import Filters
from portal.core.listing import address
from portal.directory.domain import registry
from portal.directory.forms import MunicipalityListForm
from portal.directory.views.beside import beside_municipality
from portal.directory.views.organisations import BANK, practice_words, row_values, words_for
from portal.organisations.choices import MunicipalityChoice, city_districts, find_municipality, municipalities
from portal.organisations.models import Municipality, MunicipalityKind
from practices.domain import cards, queries
from practices.enums import SECTION_URL
from search.text import match_key

SHOWN_ORGANISATIONS = 20
SHOWN_PRACTICES = 6
_GROUPS = {
    MunicipalityKind.URBAN_OKRUG: "Городские округа",
    MunicipalityKind.MUNICIPAL_OKRUG: "Муниципальные округа",
    MunicipalityKind.MUNICIPAL_DISTRICT: "Муниципальные районы",
}


def municipality_list(request: HttpRequest) -> HttpResponse:
    """Show the municipalities by kinds with numbers of organisations and practices; one search box."""
    query = MunicipalityListForm(request.GET).query
    organisations = Counter(place for entry in registry.registry() for place in entry.places)
    practices = queries.counts("municipality")
    found = [place for place in municipalities() if _answers(place, query)]
    groups = [
        {"title": title, "rows": [_row(place, organisations, practices) for place in found if place.kind == kind]}
        for kind, title in _GROUPS.items()
    ]
    path = reverse("municipalities")
    context = {
        "query": query,
        "groups": [group for group in groups if group["rows"]],
        "action_url": path,
        "everything": {"label": "Все муниципалитеты", "url": path},
        "canonical": settings.SITE_URL + path,
        "noindex": bool(query),
    }
    return render(request, "directory/municipalities.html", context)


def municipality(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a municipality or a city district: its organisations, practices and districts."""
    found = get_object_or_404(Municipality.objects.select_related("parent"), slug=slug)
    entries = registry.select(Filters(values={"municipality": (found.slug,)}))
    first = sorted(entries, key=lambda entry: (not entry.is_open, -entry.practices))
    ids = queries.ids_with({"municipality": [found.slug]})
    organisations = Counter(place for entry in registry.registry() for place in entry.places)
    practices = queries.counts("municipality")
    kept = [("municipality", found.slug)]
    context: dict[str, Any] = {
        "municipality": found,
        "title": found.short_name if found.parent is None else found.name,
        "crumbs": _crumbs(found),
        "facts": _facts(found),
        "organisations_words": words_for(len(entries)),
        "rows": [row_values(entry) for entry in first[:SHOWN_ORGANISATIONS]],
        "all_organisations": address(reverse("organisations"), kept) if len(entries) > SHOWN_ORGANISATIONS else "",
        "practices_words": practice_words(len(ids)),
        "tiles": cards.tiles(ids[:SHOWN_PRACTICES]),
        "all_practices": address(SECTION_URL, kept) if len(ids) > SHOWN_PRACTICES else "",
        "districts": [_row(place, organisations, practices) for place in city_districts(found.slug)],
        "bank": BANK,
        **beside_municipality(found, {entry.id for entry in entries}),
        "canonical": settings.SITE_URL + found.get_absolute_url(),
        "description": f"Детские сады и лучшие практики {found.genitive or found.name}",
    }
    return render(request, "directory/municipality.html", context)


def _answers(place: MunicipalityChoice, query: str) -> bool:
    """Whether a municipality, or a district of it, is called so."""
    if not query:
        return True
    if find_municipality(query) == place:
        return True
    words = match_key(query).split()
    names = [*place.keys, *(key for district in city_districts(place.slug) for key in district.keys)]
    return any(all(word in name for word in words) for name in names)


def _row(place: MunicipalityChoice, organisations: Counter[str], practices: dict[str, int]) -> dict[str, str]:
    number = organisations[place.slug]
    numbers = [words_for(number) if number else "организаций пока нет"]
    if practices.get(place.slug):
        numbers.append(practice_words(practices[place.slug]))
    return {
        "label": place.short_name,
        "url": reverse("municipality", args=[place.slug]),
        "count": ", ".join(numbers),
    }


def _crumbs(found: Municipality) -> list[dict[str, str]]:
    above: Iterable[Municipality] = [found.parent] if found.parent else []
    return [
        {"title": "Муниципалитеты", "url": reverse("municipalities")},
        *({"title": place.short_name, "url": place.get_absolute_url()} for place in above),
    ]


def _facts(found: Municipality) -> list[dict[str, str]]:
    rows = [("Полное название", found.name if found.name != found.short_name else ""), ("Центр", found.centre)]
    return [{"label": label, "value": value} for label, value in rows if value]
