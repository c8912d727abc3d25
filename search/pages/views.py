"""The search over the whole portal."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal.core.listing import address, page_links, plural
from search.pages.forms import SearchRequest
from search.pages.kinds import KINDS
from search.pages.queries import direct_hits, found_by_kind, rows

PER_PAGE = 20


def search(request: HttpRequest) -> HttpResponse:
    """Show what was found, by type of page with counts; an empty query shows where to begin."""
    asked = SearchRequest.read(request.GET, {kind.value for kind in KINDS})
    if not asked.text:
        return render(request, "search/search.html", {"asked": asked})
    found = found_by_kind(asked.text)
    total = sum(map(len, found.values()))
    chosen = [kind for kind in KINDS if not asked.kind or kind.value == asked.kind]
    kinds = {pk: kind for kind in KINDS for pk in found[kind.value]}
    ids = [pk for kind in chosen for pk in found[kind.value]]
    kept = [("q", asked.text), *([("type", asked.kind)] if asked.kind else [])]
    links = page_links(request.path, kept, number=asked.page, total=len(ids), per_page=PER_PAGE)
    tabs = [{"label": "Всё", "url": address(request.path, kept[:1]), "count": total, "current": not asked.kind}]
    tabs += [
        {
            "label": kind.label,
            "url": address(request.path, [*kept[:1], ("type", kind.value)]),
            "count": len(found[kind.value]),
            "current": kind.value == asked.kind,
        }
        for kind in KINDS
        if found[kind.value] or kind.value == asked.kind
    ]
    context = {
        "asked": asked,
        "tabs": tabs,
        "rows": rows(ids[links.start : links.stop], asked.text, kinds),
        "links": links,
        "count": len(ids),
        "words": f"{len(ids)} {plural(len(ids), 'страница', 'страницы', 'страниц')}",
        "elsewhere": total - len(ids),
        "all_url": address(request.path, kept[:1]),
        "hits": direct_hits(asked.text),
    }
    return render(request, "search/search.html", context)
