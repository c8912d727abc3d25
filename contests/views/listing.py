"""The list of contests as its template shows it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from contests.domain import queries
from contests.domain.editions import Edition, editions, in_order
from contests.domain.standing import Standing
from contests.enums import SECTION_URL, ContestState
from contests.forms import ContestFilterForm
from portal.core import faceted
from portal.core.facet_panel import FacetPanel, Labels
from portal.core.listing import address, page_links, plural

PER_PAGE = 20
TITLES = {"series": "Конкурс", "year": "Год", "nomination": "Номинация"}
_GROUPS = (
    ("Идёт приём заявок", {ContestState.OPEN}),
    ("Идут сейчас", {ContestState.RUNNING}),
    ("Скоро", {ContestState.ANNOUNCED}),
    ("Завершённые", {ContestState.FINISHED}),
    ("Отменённые", {ContestState.CANCELLED}),
)


def contest_list(request: HttpRequest) -> dict[str, Any]:
    """Return groups of contests, facets, chips and page links for the request's filters."""
    now = timezone.now()
    everything = editions(now)
    labels = labels_of(everything)
    form = ContestFilterForm(request.GET, labels)
    filters, params = form.filters, form.filters.params
    found = in_order(faceted.select(everything, filters), now)
    links = page_links(SECTION_URL, params, number=form.cleaned_data["page"], total=len(found), per_page=PER_PAGE)
    panel = FacetPanel(SECTION_URL, TITLES, labels, words_for, {"nomination": "Все номинации"})
    return {
        "groups": list(_groups(found[links.start : links.stop])),
        "links": links,
        "total_words": words_for(len(found)),
        "everything": len(everything) if len(everything) != len(found) else 0,
        "facets": list(panel.facets(filters, faceted.counts(everything, TITLES, filters))),
        "filters": list(panel.chips(filters, params)),
        "empty": _empty(panel, filters, everything) if not found else None,
        "action_url": SECTION_URL,
        "winners_url": reverse("contest_winners"),
        "canonical": settings.SITE_URL
        + address(SECTION_URL, [("page", str(links.number))] if links.number > 1 and not params else []),
        "noindex": bool(params),
    }


def words_for(number: int) -> str:
    """«3 конкурса»."""
    return f"{number} {plural(number, 'конкурс', 'конкурса', 'конкурсов')}"


def labels_of(rows: Sequence[Edition]) -> Labels:
    """Return the values of each facet with their words: contests by name, years from the newest, nominations."""
    return {
        "series": dict(sorted({row.series: row.series_title for row in rows}.items(), key=lambda pair: pair[1])),
        "year": {str(year): str(year) for year in sorted({row.year for row in rows}, reverse=True)},
        "nomination": {known.slug: known.title for row in reversed(rows) for known in row.nominations},
    }


def _groups(found: Sequence[tuple[Edition, Standing]]) -> Any:
    for title, states in _GROUPS:
        rows = [queries.row(edition, stands) for edition, stands in found if stands.state in states]
        if rows:
            yield {"title": title, "rows": rows}


def _empty(panel: FacetPanel, filters: faceted.Filters, everything: Sequence[Edition]) -> dict[str, Any]:
    if not everything:
        return {"title": "Конкурсов пока нет", "text": "Как только конкурс объявят, он появится здесь."}
    return panel.nothing_found(filters, filters.params, faceted.relief(everything, filters), "Все конкурсы")
