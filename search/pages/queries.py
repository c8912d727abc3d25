"""Reads of the search over the whole portal."""

from __future__ import annotations

import datetime
import hashlib
from itertools import chain, islice
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.template.defaultfilters import date as format_date
from django.utils import timezone
from wagtail.models import Page

from portal.core import versions
from portal.core.models import BasePage
from portal.core.publicity import public
from portal.core.sites import address_path
from portal.core.together import Part, read_together
from portal.organisations.models import Municipality, Organisation
from practices.domain import queries
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
            kind = kind_of_type.get(public_types[pk], "pages")
            if kind != "practices":  # a public practice that the catalogue lacks is on the shelf: its page stays, alone
                found[kind].append(pk)
    return found


def _public_practices(ids: list[int]) -> set[int]:
    """Those of `ids` that are public practices, as the catalogue in memory knows: there may be thousands."""
    bank = catalogue()
    return set(bank.index.page(bank.visible(bank.index.bitmap(ids)), 0, len(ids)))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def rows(ids: list[int], text: str, kinds: dict[int, Kind]) -> list[dict[str, Any]]:
    """Values of `components/found.html` for the pages `ids`, in that order, with what matched marked."""
    fields = ("pk", "title", "url_path", "content_type")
    pages = {row["pk"]: row for row in Page.objects.filter(pk__in=ids).values(*fields)}
    details = _details(pages, kinds)
    path_of = address_path()
    found = []
    for page in (pages[pk] for pk in ids if pk in pages):
        summary, day = details.get(page["pk"], ("", None))
        found.append(
            {
                "title": highlight(page["title"], text),
                "plain_title": page["title"],
                "type": kinds[page["pk"]].value,
                "url": path_of(page["url_path"]),
                "kind": kinds[page["pk"]].one,
                "summary": highlight(summary, text),
                "date": format_date(day, "j E Y"),
                "date_iso": format_date(day, "Y-m-d"),
            }
        )
    return found


def _details(pages: dict[int, dict[str, Any]], kinds: dict[int, Kind]) -> dict[int, tuple[str, datetime.date | None]]:
    """Summary and date of each page; one query whatever types of pages are among them."""
    by_type: dict[int, list[int]] = {}
    for pk, row in pages.items():
        by_type.setdefault(row["content_type"], []).append(pk)
    parts: list[Part] = []
    for type_id, ids in by_type.items():
        model = ContentType.objects.get_for_id(type_id).model_class()
        if model is None or not issubclass(model, BasePage):
            continue
        dated = kinds[ids[0]].date_field in {field.name for field in model._meta.fields}
        fields = ("pk", "summary", *([kinds[ids[0]].date_field] if dated else []))
        parts.append((model.objects.filter(pk__in=ids), fields))
    found = chain.from_iterable(read_together(*parts)) if parts else ()
    return {pk: (summary, _day(day[0]) if day else None) for pk, summary, *day in found}


def _day(value: datetime.date | None) -> datetime.date | None:
    return timezone.localdate(value) if isinstance(value, datetime.datetime) else value


def direct_hits(text: str) -> list[dict[str, str]]:
    """Topics, municipalities and organisations whose name holds `text`: ways past the list of pages."""
    key = match_key(text)
    if len(key) < 3:
        return []
    return versions.cached(f"search-direct:{_digest(key)}", lambda: _direct_hits(key), timeout=3600)


def _direct_hits(key: str) -> list[dict[str, str]]:
    used = (topic for topic in queries.topics() if key in match_key(topic.name))
    hits = [{"label": f"тема «{topic.name}»", "url": topic.url} for topic in islice(used, DIRECT_HITS)]
    places = Municipality.objects.filter(name_match__contains=key)
    owners = Organisation.objects.filter(Q(name_match__contains=key) | Q(short_match__contains=key))
    for named in (places, owners):
        hits += [
            {"label": str(item), "url": item.get_absolute_url()} for item in named.order_by("name_sort")[:DIRECT_HITS]
        ]
    return hits
