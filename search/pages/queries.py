"""Reads of the search over the whole portal."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.template.defaultfilters import date as format_date
from wagtail.models import Page, Site

from portal.core.publicity import public
from portal.organisations.models import Municipality, Organisation
from portal.vocabularies.models import Tag
from search.engines.query import highlight, search_ids
from search.pages.kinds import KINDS, Kind
from search.text import match_key

DIRECT_HITS = 4


def found_by_kind(text: str) -> dict[str, list[int]]:
    """Return ids of public pages that match `text`, best first, by value of their kind; one read of the index."""
    ids = search_ids(Page, text)
    public_types = dict(public(Page.objects.filter(pk__in=ids)).values_list("pk", "content_type_id"))
    kind_of_type = {
        content_type.pk: kind.value
        for kind in KINDS
        for content_type in ContentType.objects.get_for_models(*kind.models).values()
        if kind.models
    }
    found: dict[str, list[int]] = {kind.value: [] for kind in KINDS}
    for pk in ids:
        if pk in public_types:
            found[kind_of_type.get(public_types[pk], "pages")].append(pk)
    return found


def rows(ids: list[int], text: str, kinds: dict[int, Kind]) -> list[dict[str, Any]]:
    """Values of `components/found.html` for the pages `ids`, in that order, with what matched marked."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    prefix = site.root_page.url_path if site else "/"
    pages = Page.objects.in_bulk(ids)
    summaries = _summaries(ids)
    return [
        {
            "title": highlight(pages[pk].title, text),
            "url": "/" + pages[pk].url_path.removeprefix(prefix),
            "kind": kinds[pk].one,
            "summary": highlight(summaries.get(pk, ""), text),
            "date": format_date(pages[pk].first_published_at, "j E Y"),
            "date_iso": format_date(pages[pk].first_published_at, "Y-m-d"),
        }
        for pk in ids
        if pk in pages
    ]


def _summaries(ids: list[int]) -> dict[int, str]:
    summaries: dict[int, str] = {}
    for kind in KINDS:
        for model in kind.models:
            summaries.update(model.objects.filter(pk__in=ids).values_list("pk", "summary"))
    return summaries


def direct_hits(text: str) -> list[dict[str, str]]:
    """Topics, municipalities and organisations whose name holds `text`: ways past the list of pages."""
    key = match_key(text)
    if len(key) < 3:
        return []
    hits = [{"label": f"тема «{tag.name}»", "url": tag.get_absolute_url()} for tag in _named(Tag, key)]
    hits += [{"label": str(place), "url": place.get_absolute_url()} for place in _named(Municipality, key)]
    hits += [{"label": str(item), "url": item.get_absolute_url()} for item in _named(Organisation, key)]
    return hits


def _named(model: Any, key: str) -> list[Any]:
    return list(model.objects.filter(name_match__contains=key).order_by("name_sort")[:DIRECT_HITS])
