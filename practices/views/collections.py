"""Collections of the bank and its levels of recognition."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from portal.core.publicity import public
from practices.domain import cards
from practices.domain.catalogue import catalogue
from practices.domain.criteria import criteria
from practices.enums import SECTION_URL
from practices.models import CollectionPage
from practices.views.catalogue import words_for


def collection_index(request: HttpRequest) -> HttpResponse:
    """Show the editors' collections, new ones first."""
    pages = public(CollectionPage.objects.all()).order_by("-first_published_at", "-pk")
    rows = [{"title": page.title, "summary": page.summary, "url": f"{SECTION_URL}{page.slug}/"} for page in pages]
    canonical = _full(reverse("practice_collections"))
    return render(request, "practices/collection_index.html", {"rows": rows, "canonical": canonical})


def levels(request: HttpRequest) -> HttpResponse:
    """Explain the levels of recognition and the criteria."""
    values = {"canonical": _full(reverse("practice_levels")), "criteria": criteria()}
    return render(request, "practices/levels.html", values)


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
