"""The index of topics and the page of each: practices, events, contests, documents, news."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from contests.domain import queries as contests
from contests.enums import SECTION_URL as CONTESTS_URL
from events.domain import queries as events
from events.enums import SECTION_URL as EVENTS_URL
from portal.core.listing import address, page_links
from portal.directory.domain import topics
from portal.directory.domain.topics import number_words
from portal.documents.domain import library
from portal.documents.domain.rows import rows as document_rows
from portal.documents.enums import SECTION_URL as DOCUMENTS_URL
from portal.news import queries as news
from portal.vocabularies.domain.tags import resolve_topic
from portal.vocabularies.models import Tag
from practices.domain import cards
from practices.domain.catalogue import catalogue
from practices.domain.listing import select
from practices.enums import SECTION_URL
from practices.forms import NEW, CatalogueForm

PER_PAGE = 18  # tiles stand by three
RELATED = 8
SHOWN = 4  # of events, documents
NEWS = 3


def topic_index(request: HttpRequest) -> HttpResponse:
    """Show the topics in use by groups, each with the numbers of what stands under it."""
    found = sorted(topics.in_use(), key=lambda topic: (topic.group_order, topic.group))
    groups = [
        {
            "title": title or "Другие темы",
            "topics": [{"label": topic.name, "url": topic.url, "count": topic.words} for topic in group],
        }
        for title, group in groupby(found, key=lambda topic: topic.group)
    ]
    return render(request, "directory/topic_index.html", {"groups": groups, "canonical": _full(reverse("topics"))})


def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a topic: the editors' words, what stands under it, related topics; another name of it redirects here."""
    try:
        tag, moved = resolve_topic(slug)
    except Tag.DoesNotExist:
        raise Http404 from None
    if moved:
        return redirect(tag.get_absolute_url(), permanent=True)
    found = catalogue()
    form = CatalogueForm(request.GET, catalogue=found)
    selection = select(found, query="", choices={"tag": [tag.slug]}, sort=NEW)
    links = page_links(
        tag.get_absolute_url(), [], number=form.cleaned_data["page"], total=selection.total, per_page=PER_PAGE
    )
    paged = [("page", str(links.number))] if links.number > 1 else []
    beside = _beside(tag)
    context: dict[str, Any] = {
        "topic": tag,
        "total": selection.total,
        "total_words": number_words(selection.total, topics.PRACTICES),
        "tiles": cards.tiles(selection.ids(links.start, links.stop)),
        "links": links,
        "related": _related(tag, selection.bitmap),
        "catalogue_url": address(SECTION_URL, [("tag", tag.slug)]),
        "canonical": _full(address(tag.get_absolute_url(), paged)),
        # An empty page is no use in a search engine, but stays: the editors' words live here too.
        "noindex": not selection.total and not tag.intro and not any(part["rows"] for part in beside.values()),
        # The further pages of practices are about practices alone.
        **(beside if links.number == 1 else {}),
    }
    return render(request, "directory/topic.html", context)


def _beside(tag: Tag) -> dict[str, dict[str, Any]]:
    """Return what stands under a topic beside practices: rows, number in words, address of the whole list."""
    meetings = events.for_tag(tag.slug, SHOWN)
    papers = library.of_topic(tag.slug)
    stories = news.topics().get(tag.slug, 0)
    competitions = contests.for_tag(tag)
    kept = [("tag", tag.slug)]
    return {
        "events": {
            "rows": meetings.rows,
            "words": number_words(meetings.total, topics.EVENTS),
            "url": address(EVENTS_URL, kept) if meetings.total > SHOWN else "",
        },
        "contests": {
            "rows": competitions[:SHOWN],
            "words": number_words(len(competitions), topics.CONTESTS),
            "url": CONTESTS_URL if len(competitions) > SHOWN else "",
        },
        "documents": {
            "rows": document_rows(papers[:SHOWN]),
            "words": number_words(len(papers), topics.DOCUMENTS),
            "url": address(DOCUMENTS_URL, kept) if len(papers) > SHOWN else "",
        },
        "news": {
            "rows": news.of_topic(tag, NEWS) if stories else [],
            "words": number_words(stories, topics.NEWS),
            "url": address("/news/", kept) if stories > NEWS else "",
        },
    }


def _related(tag: Tag, bitmap: int) -> list[dict[str, str]]:
    """Return the topics that stand most often beside this one."""
    found = catalogue()
    index = found.index
    together = {value: (index.of_value("tag", value) & bitmap).bit_count() for value in index.values("tag")}
    together.pop(tag.slug, None)
    best = sorted((value for value, count in together.items() if count), key=lambda value: (-together[value], value))
    return [
        {"label": found.options["tag"][value].label, "url": reverse("topic", args=[value])}
        for value in best[:RELATED]
        if value in found.options["tag"]
    ]


def _full(path: str) -> str:
    return settings.SITE_URL + path
