"""Reads of the search over the whole portal."""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.template.defaultfilters import date as format_date
from wagtail.models import Page, Site

from portal.core import versions
from portal.core.publicity import public
from portal.organisations.models import Municipality, Organisation
from portal.vocabularies.models import Tag
from practices.domain.catalogue import catalogue
from search.engines.query import highlight, search_ids, words_of
from search.pages.kinds import KINDS, Kind
from search.text import match_key

DIRECT_HITS = 4


def found_by_kind(text: str) -> dict[str, list[int]]:
    """Return ids of public pages that match `text`, best first, by value of their kind; one read of the index.

    What the index answers is kept until something is published; whether a page is public is asked every time.
    """
    words = " ".join(words_of(text))
    ids = versions.cached(f"search-found:{_digest(words)}", lambda: search_ids(Page, words), timeout=3600)
    practices = _public_practices(ids)
    others = [pk for pk in ids if pk not in practices]
    public_types = dict(public(Page.objects.filter(pk__in=others)).values_list("pk", "content_type_id"))
    kind_of_type = {
        content_type.pk: kind.value
        for kind in KINDS
        for content_type in ContentType.objects.get_for_models(*kind.models).values()
        if kind.models
    }
    found: dict[str, list[int]] = {kind.value: [] for kind in KINDS}
    for pk in ids:
        if pk in practices:
            found["practices"].append(pk)
        elif pk in public_types:
            found[kind_of_type.get(public_types[pk], "pages")].append(pk)
    return found


def _public_practices(ids: list[int]) -> set[int]:
    """Those of `ids` that are public practices, as the catalogue in memory knows: there may be thousands."""
    bank = catalogue()
    return set(bank.index.page(bank.visible(bank.index.bitmap(ids)), 0, len(ids)))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def rows(ids: list[int], text: str, kinds: dict[int, Kind]) -> list[dict[str, Any]]:
    """Values of `components/found.html` for the pages `ids`, in that order, with what matched marked."""
    roots = Site.get_site_root_paths()
    prefix = roots[0].root_path if roots else "/"
    pages = Page.objects.in_bulk(ids)
    summaries = _summaries(ids, {kinds[pk].value for pk in ids})
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


def _summaries(ids: list[int], kinds: set[str]) -> dict[int, str]:
    summaries: dict[int, str] = {}
    for kind in KINDS:
        for model in kind.models if kind.value in kinds else ():
            summaries.update(model.objects.filter(pk__in=ids).values_list("pk", "summary"))
    return summaries


def direct_hits(text: str) -> list[dict[str, str]]:
    """Topics, municipalities and organisations whose name holds `text`: ways past the list of pages."""
    key = match_key(text)
    if len(key) < 3:
        return []
    return versions.cached(f"search-direct:{_digest(key)}", lambda: _direct_hits(key), timeout=3600)


def _direct_hits(key: str) -> list[dict[str, str]]:
    hits = [{"label": f"тема «{tag.name}»", "url": tag.get_absolute_url()} for tag in _named(Tag, key)]
    hits += [{"label": str(place), "url": place.get_absolute_url()} for place in _named(Municipality, key)]
    hits += [{"label": str(item), "url": item.get_absolute_url()} for item in _named(Organisation, key)]
    return hits


def _named(model: Any, key: str) -> list[Any]:
    return list(model.objects.filter(name_match__contains=key).order_by("name_sort")[:DIRECT_HITS])
