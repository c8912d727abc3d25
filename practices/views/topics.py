"""Topics and collections: index pages and a page for each topic."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from portal.core.listing import address, page_links
from portal.core.publicity import public
from portal.vocabularies.domain.tags import resolve_topic
from portal.vocabularies.models import Tag
from practices.domain import cards, queries
from practices.domain.catalogue import catalogue
from practices.domain.listing import select
from practices.enums import SECTION_URL
from practices.forms import NEW, CatalogueForm
from practices.models import CollectionPage
from practices.views.catalogue import words_for

PER_PAGE = 18  # tiles stand by three
RELATED = 8


def topic_index(request: HttpRequest) -> HttpResponse:
    """Show the topics in use by groups, each with the number of its public practices."""
    found = sorted(queries.topics(), key=lambda topic: (topic.group_order, topic.group))
    groups = [
        {
            "title": title or "Другие темы",
            "topics": [{"label": topic.name, "url": topic.url, "count": words_for(topic.count)} for topic in group],
        }
        for title, group in groupby(found, key=lambda topic: topic.group)
    ]
    return render(request, "practices/topic_index.html", {"groups": groups, "canonical": _full(reverse("topics"))})


def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a topic: the editors' words, its practices, related topics; another name of it redirects here."""
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
    context: dict[str, Any] = {
        "topic": tag,
        "total": selection.total,
        "total_words": words_for(selection.total),
        "tiles": cards.tiles(selection.ids(links.start, links.stop)),
        "links": links,
        "related": _related(tag, selection.bitmap),
        "catalogue_url": address(SECTION_URL, [("tag", tag.slug)]),
        "canonical": _full(address(tag.get_absolute_url(), paged)),
        # An empty page is no use in a search engine, but stays: editors' words and events live here too.
        "noindex": not selection.total and not tag.intro,
    }
    return render(request, "practices/topic.html", context)


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


def collection_index(request: HttpRequest) -> HttpResponse:
    """Show the editors' collections, new ones first."""
    pages = public(CollectionPage.objects.all()).order_by("-first_published_at", "-pk")
    rows = [{"title": page.title, "summary": page.summary, "url": f"{SECTION_URL}{page.slug}/"} for page in pages]
    canonical = _full(reverse("practice_collections"))
    return render(request, "practices/collection_index.html", {"rows": rows, "canonical": canonical})


def levels(request: HttpRequest) -> HttpResponse:
    """Explain the levels of recognition and the criteria."""
    return render(request, "practices/levels.html", {"canonical": _full(reverse("practice_levels"))})


def collection_context(page: CollectionPage) -> dict[str, Any]:
    """Return the public practices of a collection in the editors' order, each with their word on it."""
    items = list(page.items.all())
    known = catalogue()
    visible = known.visible(known.index.bitmap(item.practice_id for item in items))
    shown = known.index.in_given_order([item.practice_id for item in items], visible, 0, len(items))
    notes = {item.practice_id: item.note for item in items}
    tiles = cards.tiles(shown)
    return {
        "rows": [{"tile": tile, "note": notes[pk]} for pk, tile in zip(shown, tiles, strict=True)],
        "total_words": words_for(len(shown)),
        "canonical": _full(f"{SECTION_URL}{page.slug}/"),
    }


def _full(path: str) -> str:
    return settings.SITE_URL + path
