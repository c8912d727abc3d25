"""The search over all types of pages as JSON."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Router
from ninja.decorators import decorate_view

from portal.api.allowance import limited
from portal.api.parameters import PAGES, PagesForm, parameter
from portal.api.schemas import FoundList, Problem
from portal.core.pagecache import public_page
from search.pages.forms import SearchRequest
from search.pages.kinds import KINDS
from search.pages.queries import found_by_kind, rows

router = Router()


@router.get(
    "/search",
    response={200: FoundList, 429: Problem},
    summary="Поиск по всем страницам портала",
    openapi_extra={
        "parameters": [
            parameter("q", "Слова, до 200 знаков; нужны все. Без них ничего не найдётся"),
            parameter("type", f"Только один вид страниц: {', '.join(kind.value for kind in KINDS)}"),
            *PAGES,
        ]
    },
)
@decorate_view(public_page, limited)
def search(request: HttpRequest) -> dict[str, Any]:
    """Return a page of what was found, and the numbers by type; the types count what the words find in all."""
    asked = SearchRequest.read(request.GET, {kind.value for kind in KINDS})
    found = found_by_kind(asked.text) if asked.text else {kind.value: [] for kind in KINDS}
    kinds = {pk: kind for kind in KINDS for pk in found[kind.value]}
    ids = [pk for kind in KINDS if asked.kind in ("", kind.value) for pk in found[kind.value]]
    start, stop = PagesForm(request.GET).part(len(ids))
    shown = ids[start:stop]
    return {
        "count": len(ids),
        "results": [
            {
                "title": row["plain_title"],
                "url": settings.SITE_URL + row["url"],
                "type": row["type"],
                "type_label": row["kind"],
                "date": row["date_iso"] or None,
                "highlight": str(row["summary"] if "<mark>" in row["summary"] else row["title"]),
            }
            for row in (rows(shown, asked.text, kinds) if shown else [])
        ],
        "types": [
            {"value": kind.value, "label": kind.label, "count": len(found[kind.value])}
            for kind in KINDS
            if found[kind.value]
        ],
    }
