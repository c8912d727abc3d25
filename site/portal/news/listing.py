"""The list of news as its template shows it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from portal.core.listing import address, page_links, plural, without
from portal.news import queries
from portal.news.forms import NewsFilter

PER_PAGE = 12


def news_list(request: HttpRequest) -> dict[str, Any]:
    """Return rows, categories as tabs, removable filters and page links for the request's filter."""
    chosen = NewsFilter.read(request.GET)
    total = queries.count(chosen)
    links = page_links(request.path, chosen.params, number=chosen.page, total=total, per_page=PER_PAGE)
    kept = without(chosen.params, "category")
    tabs = [{"label": "Все", "url": address(request.path, kept), "count": None, "current": chosen.category is None}]
    for category in queries.categories():
        tabs.append(
            {
                "label": category["title"],
                "url": address(request.path, [("category", category["slug"]), *kept]),
                "count": category["count"],
                "current": chosen.category is not None and chosen.category.slug == category["slug"],
            }
        )
    filters = []
    if chosen.tag:
        filters.append(
            {"label": f"тема: {chosen.tag.name}", "url": address(request.path, without(chosen.params, "tag"))}
        )
    return {
        "rows": queries.page_rows(chosen, links.start, links.stop),
        "total": f"{total} {plural(total, 'новость', 'новости', 'новостей')}",
        "is_empty": total == 0,
        "tabs": tabs,
        "filters": filters,
        "links": links,
        "is_filtered": bool(chosen.params) or links.number > 1,
    }
