"""The page of an event as values for its template, kept until something is published or the day ends."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from wagtail.images import get_image_model

from events.domain import cycles, queries, words
from events.domain.agenda import Event, agenda
from events.domain.rows import rows
from events.enums import SECTION_URL, EventFormat, EventState
from events.models import EventPage
from portal.core import mentions, versions
from portal.core.listing import address
from portal.core.publicity import is_public
from portal.roadmap.queries import items_proved_by
from portal.vocabularies.choices import terms
from portal.vocabularies.enums import Vocabulary
from practices.domain import cards

OTHERS = 3
_RELATED = ("kind", "municipality", "host", "cycle", "cover", "social_image")
_SOCIAL = "fill-1200x630|format-jpeg"
_PICTURES = ("format-webp|fill-928x580", "format-jpeg|fill-928x580", _SOCIAL)  # as the template's tag names them


def event_context(page: EventPage, *, preview: bool) -> dict[str, Any]:
    """Return the context of an event's page: from the cache for a public one, built anew for a preview."""
    if preview or not is_public(page):
        return _drawn(page)
    # The day is in the key: an event becomes past at midnight.
    name = f"event:{page.pk}:{timezone.localdate()}"
    return versions.cached(name, lambda: _drawn(_with_pictures().get(pk=page.pk), agenda().events.get(page.pk)))


def _with_pictures() -> QuerySet[EventPage]:
    """Events with the records and the renditions that their own pages show."""
    renditions = get_image_model().get_rendition_model().objects.filter(filter_spec__in=_PICTURES)
    drawn = Prefetch("cover__renditions", queryset=renditions, to_attr="prefetched_renditions")
    return EventPage.objects.select_related(*_RELATED).prefetch_related(drawn)


def _drawn(page: EventPage, known: Event | None = None) -> dict[str, Any]:
    """Return the two halves of the page as HTML and the few values that stand outside of them.

    `known` is the published event in memory, None for a draft: its topics, audiences and organisers are asked for.
    """
    values = {**_build(page, known), "page": page}
    return {
        "hero": render_to_string("events/components/event_hero.html", values),
        "body": render_to_string("events/components/event_body.html", values),
        "canonical": settings.SITE_URL + SECTION_URL + f"{page.slug}/",
        "image_url": page.meta_image_url(),
    }


def _build(page: EventPage, known: Event | None) -> dict[str, Any]:
    today = timezone.localdate()
    is_over = page.last_day < today
    return {
        **_cycle(page),
        "leaf": words.leaf(page.first_day, today.year),
        "days": words.days(page.first_day, page.last_day),
        "hours": words.hours(page.starts_at, page.ends_at),
        "starts_iso": words.local(page.starts_at).isoformat(),
        "format": EventFormat(page.format).words,
        "is_today": page.first_day <= today <= page.last_day,
        "is_over": is_over,
        "plate": _plate(page),
        "ics_url": reverse("event_calendar", args=[page.slug]),
        "municipality": _municipality(page),
        "municipality_url": page.municipality.get_absolute_url() if page.municipality else "",
        "host_url": page.host.get_absolute_url() if page.host else "",
        "programme": [block.value for block in page.programme],
        "materials": _materials(page),
        "practices": cards.rows([item.practice_id for item in page.practices.all()]),
        "facts": _facts(page, known, is_over=is_over),
        "topics": [
            {"label": tag.name, "url": reverse("topic", args=[tag.slug])}
            for tag in (known.tags if known else page.tags.all())
        ],
        "takes_part": not is_over and not page.is_cancelled,
        "apply_by": words.day(page.apply_by) if page.apply_by else "",
        "applying_is_over": bool(page.apply_by and page.apply_by < today),
        "proves": [] if page.is_cancelled else items_proved_by(page),
        "feedback_url": reverse("feedback"),
        "news": mentions.of(page.pk) if page.pk else [],
        "coming": [row for row in queries.coming(OTHERS + 1) if row["url"] != f"{SECTION_URL}{page.slug}/"][:OTHERS],
    }


def _municipality(page: EventPage) -> str:
    """Return the municipality's name unless the place or the address names it already."""
    name = page.municipality.short_name if page.municipality else ""
    return "" if name and name in f"{page.place} {page.address}" else name


def _cycle(page: EventPage) -> dict[str, Any]:
    """Return the cycle when its page is public: words of the place in it, other meetings."""
    cycle = page.cycle
    if cycle is None or not is_public(cycle):
        return {"kicker": page.kind.title, "cycle": None}
    today = timezone.localdate()
    found = cycles.progress(cycle.pk, cycle.planned_count, today=today)
    place = f", встреча {page.number_in_cycle} из {found.planned}" if page.number_in_cycle else ""
    others = [event for event in found.meetings if event.id != page.pk]
    return {
        "kicker": f"{page.kind.title}{place}",
        "cycle": {
            "title": cycle.title,
            "url": f"{SECTION_URL}{cycle.slug}/",
            "words": found.words,
            "rows": rows(others, today=today),
        },
    }


def _plate(page: EventPage) -> dict[str, str]:
    """Return what became of the announcement as values of `components/note.html`, empty for a planned one."""
    if page.is_cancelled:
        return {"title": "Событие отменено", "text": page.state_reason, "state": "late"}
    if page.state == EventState.POSTPONED:
        was = f"Было: {words.day_of_week(words.local(page.moved_from).date())}." if page.moved_from else ""
        now = f"Стало: {words.when(page.starts_at, page.ends_at)}."
        return {
            "title": "Событие перенесено",
            "text": " ".join(filter(None, (was, now, page.state_reason))),
            "state": "wait",
        }
    return {}


def _materials(page: EventPage) -> list[dict[str, Any]]:
    """Return what is given out; a cancelled event promises nothing."""
    found = [_material(block.value) for block in page.materials]
    return [material for material in found if material["url"] or not page.is_cancelled]


def _material(value: Any) -> dict[str, Any]:
    document = value["document"]
    return {
        "title": value["title"],
        "url": document.url if document else "",
        "type": document.kind if document else "",
        "size": document.get_file_size() if document else 0,
    }


def _titles(vocabulary: Vocabulary, slugs: Iterable[str]) -> list[str]:
    chosen = set(slugs)
    return [term.title for term in terms(vocabulary) if term.slug in chosen]


def _facts(page: EventPage, known: Event | None, *, is_over: bool) -> list[dict[str, str]]:
    if known:
        audiences = _titles(Vocabulary.AUDIENCE, known.audiences)
        deficits, organisers = _titles(Vocabulary.DEFICIT, known.deficits), list(known.organisers)
    else:
        audiences, deficits, organisers = (
            [str(row) for row in rows.all()] for rows in (page.audiences, page.deficits, page.organisers)
        )
    names = {
        "Вид": page.kind.title,
        "Формат": EventFormat(page.format).words,
        "Для кого": ", ".join(audiences),
        "Какое затруднение помогает преодолеть": "; ".join(deficits),
        "Организаторы": ", ".join(organisers),
        "Академических часов": str(page.hours or ""),
        "Участников": str(page.participants or "") if is_over else "",
    }
    links = {"Вид": address(SECTION_URL, [*([("when", "past")] if is_over else []), ("kind", page.kind.slug)])}
    return [{"label": label, "value": value, "url": links.get(label, "")} for label, value in names.items() if value]
