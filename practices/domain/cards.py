"""Cards of practices: values for the components, read by two queries for any number of cards and then kept.

A card is kept under the practice's last publication and the version of the names it borrows: publishing another
practice leaves it standing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.cache import cache
from django.db.models import Prefetch
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from wagtail.images import get_image_model

from portal.core import versions
from portal.core.publicity import public
from practices.domain import words
from practices.domain.catalogue import catalogue
from practices.domain.changes import names_version
from practices.enums import SECTION_URL
from practices.models import PracticePage
from search.engines.query import highlight

COVER = "fill-640x400"
COVER_FILTERS = (f"format-webp|{COVER}", f"format-jpeg|{COVER}")  # as the template's tag names them
ROW = "components/result.html"
TILE = "components/card.html"
_COVER_FIELDS = [f"cover__{field.name}" for field in get_image_model()._meta.concrete_fields]
SHOWN_TAGS = 2  # of a row: addresses of topics are what a list of twenty weighs most
_KEEP = 7 * 24 * 3600

Card = dict[str, Any]


def rows(ids: Sequence[int], query: str = "") -> list[SafeString]:
    """Return the catalogue's rows of the given practices, in their order; words of `query` are marked."""
    return _drawn(ids, ROW, query)


def tiles(ids: Sequence[int]) -> list[SafeString]:
    """Return tiles of the given practices (home, topics, similar ones), in their order."""
    return _drawn(ids, TILE)


def cards(ids: Sequence[int]) -> list[Card]:
    """Return the values of cards of the given practices that are public, in the given order."""
    names = names_version.current()
    known = catalogue().stamps
    keys = {pk: _key(names, "values", pk, known[pk]) for pk in ids if pk in known}
    kept = cache.get_many(keys.values())
    missing = [pk for pk, key in keys.items() if key not in kept]
    made = {card["id"]: card for card in _read(missing)} if missing else {}
    if made:
        cache.set_many({keys[pk]: card for pk, card in made.items()}, _KEEP)
    found = [kept.get(key) or made.get(pk) for pk, key in keys.items()]
    return [card for card in found if card is not None]


def _drawn(ids: Sequence[int], template: str, query: str = "") -> list[SafeString]:
    names = names_version.current()  # before the bank: what was read from an older one is kept under the older token
    known = catalogue().stamps
    if query:
        shown = repr((template, query, [(pk, known.get(pk)) for pk in ids], names))
        name = f"cards-marked:{hashlib.sha256(shown.encode()).hexdigest()[:32]}"
        return [
            mark_safe(html)  # our own rendered template, kept as text
            for html in versions.cached(
                name, lambda: [str(_draw(template, _marked(card, query))) for card in cards(ids)], timeout=3600
            )
        ]
    keys = {pk: _key(names, template, pk, known[pk]) for pk in ids if pk in known}
    kept = cache.get_many(keys.values())
    missing = [pk for pk, key in keys.items() if key not in kept]
    made = {card["id"]: _draw(template, card) for card in cards(missing)} if missing else {}
    if made:
        cache.set_many({keys[pk]: str(html) for pk, html in made.items()}, _KEEP)
    found = [kept.get(key) or made.get(pk) for pk, key in keys.items()]
    return [mark_safe(html) for html in found if html]  # our own rendered template, kept as text


def _key(names: str, what: str, pk: int, stamp: str) -> str:
    return f"portal:card:{names}:{what}:{pk}:{stamp}"


def _draw(template: str, card: Card) -> SafeString:
    return render_to_string(template, {**card, "tags": card["tags"][:SHOWN_TAGS]})


def _marked(card: Card, query: str) -> Card:
    return {**card, "title": highlight(card["title"], query), "summary": highlight(card["summary"], query)}


def _read(ids: Iterable[int]) -> list[Card]:
    """Read pages with pictures; their topics, areas and ages are in the catalogue."""
    renditions = get_image_model().get_rendition_model().objects.filter(filter_spec__in=COVER_FILTERS)
    pages = (
        public(PracticePage.objects.filter(pk__in=ids))
        .select_related("organisation", "municipality", "cover")
        .only(
            "title", "url_path", "path", "depth", "summary", "cover_alt", "level", "level_on", "level_until",
            "published_on", "indicators", "organisation__short_name", "organisation__settlement",
            "municipality__short_name", "municipality__slug", "content_type_id", "slug", "draft_title",
            "organisation__name", "organisation__slug", "external_id", "is_demo", *_COVER_FIELDS,
        )
        .prefetch_related(Prefetch("cover__renditions", queryset=renditions, to_attr="prefetched_renditions"))
    )  # fmt: skip
    return [_card(page) for page in pages]


def _card(page: PracticePage) -> Card:
    known = catalogue()
    areas = [{"slug": area.data.get("figure", "none"), "label": area.label} for area in known.chosen(page.pk, "area")]
    level = page.current_level
    organisation = page.organisation
    municipality = page.municipality
    place = ", ".join(
        part for part in (organisation and organisation.short_name, municipality and municipality.short_name) if part
    )
    tags = known.chosen(page.pk, "tag")
    return {
        "id": page.pk,
        "external_id": page.external_id,
        "is_demo": page.is_demo,
        "title": page.title,
        "url": f"{SECTION_URL}{page.slug}/",
        "summary": page.summary,
        "area": areas[0]["slug"] if areas else "none",
        "areas": areas,
        "picture": _picture(page),
        "gain": words.gain(words.rows_of(page.indicators)),
        "place": place,
        "age": words.ages_in_words(known.chosen(page.pk, "age")),
        "foot": place,
        "tags": [{"slug": tag.value, "label": tag.label, "url": reverse("topic", args=[tag.value])} for tag in tags],
        "level": level.value,
        "level_label": words.LEVEL_LABELS[level],
        "note": "",
        "date": words.day(page.published_on) if page.published_on else "",
        "date_iso": page.published_on.isoformat() if page.published_on else "",
        "organisation": {"name": organisation.short_name, "slug": organisation.slug} if organisation else None,
        "municipality": {"name": municipality.short_name, "slug": municipality.slug} if municipality else None,
    }


def _picture(page: PracticePage) -> str:
    if page.cover is None:
        return ""
    return render_to_string("practices/components/cover_picture.html", {"image": page.cover, "alt": page.cover_alt})
