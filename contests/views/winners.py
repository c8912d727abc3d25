"""The archive of winners: by year, contest, nomination and municipality, and the same as files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from contests.domain.awards import Award, awards
from contests.enums import Place
from contests.forms import ContestFilterForm
from portal.core import faceted
from portal.core.exports import FORMATS, Column, export_response
from portal.core.facet_panel import FacetPanel, Labels
from portal.core.listing import address, page_links, plural
from search.text import sort_key

PER_PAGE = 40
TITLES = {
    "year": "Год",
    "series": "Конкурс",
    "nomination": "Номинация",
    "place": "Результат",
    "municipality": "Муниципалитет",
}
SELECTS = {"nomination": "Все номинации", "municipality": "Все муниципалитеты"}

COLUMNS = (
    Column("Год", "year", kind="number"),
    Column("Конкурс", "series_title", key="contest"),
    Column("Страница", "contest.title", key="edition"),
    Column("Номинация", "nomination_title", key="nomination"),
    Column("Результат", "words", key="result"),
    Column("Организация", "organisation.title", key="organisation"),
    Column("Муниципалитет", "municipality.title", key="municipality"),
    Column("Должность", "position"),
    Column("Имя", "name"),
    Column("Практика", "practice.title", key="practice"),
    Column(
        "Адрес практики",
        lambda award: settings.SITE_URL + award.practice.url if award.practice else "",
        kind="url",
        key="practice_url",
    ),
    Column("Адрес конкурса", lambda award: settings.SITE_URL + award.contest.url, kind="url", key="url"),
    Column("Демонстрационное", "is_demo"),
)


def winners(request: HttpRequest) -> HttpResponse:
    """Show results that everybody may see, by filters of the address."""
    everything = awards()
    labels = _labels(everything)
    form = ContestFilterForm(request.GET, labels)
    filters, params = form.filters, form.filters.params
    found = faceted.select(everything, filters)
    path = reverse("contest_winners")
    links = page_links(path, params, number=form.cleaned_data["page"], total=len(found), per_page=PER_PAGE)
    panel = FacetPanel(path, TITLES, labels, words_for, SELECTS)
    context = {
        "groups": _groups(found[links.start : links.stop]),
        "links": links,
        "query": filters.query,
        "total_words": words_for(len(found)),
        "everything": len(everything) if len(everything) != len(found) else 0,
        "facets": list(panel.facets(filters, faceted.counts(everything, TITLES, filters))),
        "filters": list(panel.chips(filters, params)),
        "kept": [{"name": name, "value": value} for name, value in params if name != faceted.WORDS],
        "empty": _empty(panel, filters, everything) if not found else None,
        "action_url": path,
        "exports": [
            {"label": fmt.upper(), "url": address(reverse("contest_winners_export", args=[fmt]), params)}
            for fmt in FORMATS
        ],
        "canonical": settings.SITE_URL
        + address(path, [("page", str(links.number))] if links.number > 1 and not params else []),
        "noindex": bool(params),
    }
    return render(request, "contests/winners.html", context)


def export(request: HttpRequest, fmt: str) -> HttpResponseBase:
    """Give the results of the list's address as a file: the same rows, names only under standing consents."""
    if fmt not in FORMATS:
        raise Http404
    everything = awards()
    form = ContestFilterForm(request.GET, _labels(everything))
    found = faceted.select(everything, form.filters)
    return export_response(fmt, "Победители конкурсов", COLUMNS, found)  # type: ignore[arg-type]


def words_for(number: int) -> str:
    """«12 результатов»."""
    return f"{number} {plural(number, 'результат', 'результата', 'результатов')}"


def _labels(rows: Sequence[Award]) -> Labels:
    places = {row.municipality.slug: row.municipality.title for row in rows if row.municipality}
    return {
        "year": {str(year): str(year) for year in sorted({row.year for row in rows}, reverse=True)},
        "series": dict(sorted({row.series: row.series_title for row in rows}.items(), key=lambda pair: pair[1])),
        "nomination": {row.nomination: row.nomination_title for row in reversed(rows) if row.nomination},
        "place": {place.value: place.label for place in Place if any(row.place == place for row in rows)},
        "municipality": dict(sorted(places.items(), key=lambda pair: sort_key(pair[1]))),
    }


def _groups(rows: Sequence[Award]) -> list[dict[str, Any]]:
    """Return results of each contest under its title."""
    groups: dict[int, dict[str, Any]] = {}
    for award in rows:
        group = groups.setdefault(
            award.contest_id, {"title": award.contest.title, "url": award.contest.url, "rows": []}
        )
        group["rows"].append(award)
    return list(groups.values())


def _empty(panel: FacetPanel, filters: faceted.Filters, everything: Sequence[Award]) -> dict[str, Any]:
    if not everything:
        return {"title": "Итогов пока нет", "text": "Они появятся, когда оргкомитет опубликует результаты."}
    return panel.nothing_found(filters, filters.params, faceted.relief(everything, filters), "Все результаты")
