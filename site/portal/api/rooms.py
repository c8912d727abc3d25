"""Events, contests, news and documents as JSON: what the lists of the site show, by the same filters."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from ninja import Router
from ninja.decorators import decorate_view

from contests.domain.editions import Edition, editions, in_order
from contests.domain.standing import Standing
from contests.forms import ContestFilterForm
from contests.views.listing import TITLES, labels_of
from events.domain.agenda import FACETS as EVENT_FACETS
from events.domain.agenda import Event, agenda
from events.domain.selection import select
from events.forms import EventListForm
from portal.api.allowance import limited
from portal.api.parameters import PAGES, PagesForm, parameter, repeated
from portal.api.schemas import ContestList, DocumentList, EventList, NewsList, Problem
from portal.core import faceted
from portal.core.pagecache import public_page
from portal.documents.domain import library
from portal.documents.domain.library import Entry
from portal.documents.enums import FACETS as DOCUMENT_FACETS
from portal.documents.enums import SORTS as DOCUMENT_SORTS
from portal.documents.forms import DocumentListForm
from portal.documents.views.listing import labels_of as document_labels
from portal.news import queries as news_queries
from portal.news.forms import NewsFilter
from portal.news.models import NewsPage

router = Router()


@router.get(
    "/events",
    response={200: EventList, 429: Problem},
    summary="События: ближайшие или архив",
    openapi_extra={
        "parameters": [
            *repeated(EVENT_FACETS),
            parameter("when", "past — прошедшие; без параметра ближайшие"),
            parameter("sort", "date или -date"),
            *PAGES,
        ]
    },
)
@decorate_view(public_page, limited)
def events(request: HttpRequest) -> dict[str, Any]:
    """Return a page of public events for the filters of the address."""
    selection = select(EventListForm(request.GET, agenda=agenda()).filters)
    start, stop = PagesForm(request.GET).part(selection.total)
    return {"count": selection.total, "results": [_event(event) for event in selection.events(start, stop)]}


def _event(event: Event) -> dict[str, Any]:
    return {
        "id": event.id,
        "title": event.title,
        "url": settings.SITE_URL + event.url,
        "calendar_url": f"{settings.SITE_URL}/events/{event.slug}.ics",
        "summary": event.summary,
        "kind": event.kind_label,
        "format": event.format,
        "starts_at": timezone.localtime(event.starts_at),
        "ends_at": timezone.localtime(event.ends_at),
        "state": event.state,
        "state_reason": event.state_reason,
        "place": event.place,
        "address": event.address,
        "municipality": event.municipality_label or None,
        "organisers": list(event.organisers),
        "cycle": event.cycle_title or None,
        "number_in_cycle": event.number_in_cycle,
        "hours": event.hours,
        "tags": [tag.name for tag in event.tags],
    }


@router.get(
    "/contests",
    response={200: ContestList, 429: Problem},
    summary="Конкурсы: сначала те, где идёт приём",
    openapi_extra={"parameters": [parameter("q", "Слова названия, до 200 знаков"), *repeated(TITLES), *PAGES]},
)
@decorate_view(public_page, limited)
def contests(request: HttpRequest) -> dict[str, Any]:
    """Return a page of public contests for the filters of the address."""
    now = timezone.now()
    everything = editions(now)
    form = ContestFilterForm(request.GET, labels_of(everything))
    found = in_order(faceted.select(everything, form.filters), now)
    start, stop = PagesForm(request.GET).part(len(found))
    return {"count": len(found), "results": [_contest(edition, stands) for edition, stands in found[start:stop]]}


def _contest(edition: Edition, stands: Standing) -> dict[str, Any]:
    return {
        "id": edition.id,
        "title": edition.title,
        "url": settings.SITE_URL + edition.url,
        "calendar_url": f"{settings.SITE_URL}{edition.url}calendar.ics",
        "summary": edition.summary,
        "series": edition.series_title,
        "level": edition.level,
        "year": edition.year,
        "state": stands.state.value,
        "state_label": stands.line,
        "until": timezone.localtime(stands.until) if stands.until else None,
        "stages": [
            {
                "title": stage.title,
                "starts_at": timezone.localtime(stage.starts_at),
                "ends_at": timezone.localtime(stage.ends_at),
                "is_intake": stage.is_intake,
            }
            for stage in edition.stages
        ],
        "nominations": [nomination.title for nomination in edition.nominations],
        "results_on": edition.shown_results_on(timezone.localdate()),
    }


@router.get(
    "/news",
    response={200: NewsList, 429: Problem},
    summary="Новости, сначала новые",
    openapi_extra={"parameters": [parameter("category", "Рубрика"), parameter("tag", "Тема"), *PAGES]},
)
@decorate_view(public_page, limited)
def news(request: HttpRequest) -> dict[str, Any]:
    """Return a page of public news of a category and a topic."""
    chosen = NewsFilter.read(request.GET)
    total = news_queries.count(chosen)
    start, stop = PagesForm(request.GET).part(total)
    pages = news_queries.matching(chosen).select_related("category").defer("body").prefetch_related("tagged_items__tag")
    return {"count": total, "results": [_news(page) for page in pages[start:stop]]}


def _news(page: NewsPage) -> dict[str, Any]:
    return {
        "id": page.pk,
        "title": page.title,
        "url": f"{settings.SITE_URL}/news/{page.slug}/",
        "date": page.date,
        "category": page.category.title if page.category else None,
        "summary": page.summary,
        "tags": [item.tag.name for item in page.tagged_items.all()],
    }


@router.get(
    "/documents",
    response={200: DocumentList, 429: Problem},
    summary="Официальные документы",
    openapi_extra={
        "parameters": [
            parameter("q", "Слова названия или номер, до 200 знаков"),
            *repeated(DOCUMENT_FACETS),
            parameter("sort", f"Порядок: {', '.join(DOCUMENT_SORTS)}"),
            *PAGES,
        ]
    },
)
@decorate_view(public_page, limited)
def documents(request: HttpRequest) -> dict[str, Any]:
    """Return a page of public documents for the filters of the address."""
    entries = library.library()
    form = DocumentListForm(request.GET, document_labels(entries))
    found = library.in_order(faceted.select(entries, form.filters), form.sort)
    start, stop = PagesForm(request.GET).part(len(found))
    return {"count": len(found), "results": [_document(entry) for entry in found[start:stop]]}


def _document(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "title": entry.title,
        "url": settings.SITE_URL + entry.url,
        "kind": entry.kind_label,
        "number": entry.number,
        "date": entry.date,
        "issuer": entry.issuer_label,
        "in_force": entry.is_in_force,
        "void_since": entry.void_since,
        "summary": entry.summary,
        "tags": list(entry.tag_labels),
        "files": [{"title": file.title, "type": file.kind, "size": file.size or None} for file in entry.files],
    }
