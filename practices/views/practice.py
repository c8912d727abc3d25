"""The page of a practice as values for its template, kept until something is published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.images.models import AbstractImage

from portal.core import versions
from portal.core.listing import address
from portal.core.publicity import is_public
from portal.roadmap.queries import items_proved_by
from portal.vocabularies.enums import Vocabulary
from practices.domain import cards, queries, words
from practices.domain.passport import documents, passport_of, size_in_words
from practices.domain.standing import is_stale
from practices.enums import SECTION_URL
from practices.models import PracticePage
from practices.models.page import PracticeQuerySet
from practices.passport_files.content import Indicator, format_measure

PHOTO_FILTERS = ("format-webp|fill-640x480", "format-jpeg|fill-640x480")  # as the template's tag names them
_SOCIAL = "fill-1200x630|format-jpeg"
_COVER_FILTERS = ("format-webp|fill-928x580", "format-jpeg|fill-928x580")
_KEEP = 24 * 3600
_SHORT_UNIT = 12  # characters; a longer unit stands in the title


def practice_context(page: PracticePage, *, preview: bool) -> dict[str, Any]:
    """Return the context of a practice's page: from the cache for a public one, built anew for a preview."""
    if preview or not is_public(page):
        return _drawn(page)
    kept: Kept | None = getattr(page, "kept_drawing", None)
    if kept is None:
        found = read_practice(PracticePage.objects.child_of(page.get_parent()), page.slug)
        if found is None:  # taken down this very moment
            return _drawn(page)
        page, kept = found, found.kept_drawing
    if kept.drawn is None:
        drawn = _drawn(page)
        cache.set(kept.key, drawn, _KEEP)
        return drawn
    return kept.drawn


@dataclass(frozen=True)
class Kept:
    """What is kept of a practice's page, and under what; `drawn` is None when nothing is."""

    key: str
    drawn: dict[str, Any] | None


def read_practice(siblings: PracticeQuerySet, slug: str) -> PracticePage | None:
    """Return the practice at `slug` among `siblings`, with `kept_drawing`; None where there is none.

    The key is taken before the page is read, so that nothing older is kept under it. The day is in the key: a consent
    or a recognition may run out at midnight.
    """
    key = versions.key(f"practice:{slug}:{timezone.localdate()}")
    kept = Kept(key, cache.get(key))
    found = siblings.filter(slug=slug)
    page = (found.for_page() if kept.drawn is None else found).first()
    if page is not None:
        page.kept_drawing = kept
    return page


def _drawn(page: PracticePage) -> dict[str, Any]:
    """Return the two halves of the page as HTML and the few values that stand outside of them."""
    if page.own_standing is not None and page.own_standing.permission_withdrawn_on is not None:
        return _notice(page)
    values = _build(page)
    inside = {**values, "page": page}
    return {
        "hero": render_to_string("practices/components/practice_hero.html", inside),
        "body": render_to_string("practices/components/practice_body.html", inside),
        **{name: values[name] for name in ("area", "canonical", "image_url")},
        "is_notice": False,
    }


def _notice(page: PracticePage) -> dict[str, Any]:
    """Return the page of a practice that its organisation no longer lets be public: nothing of it is said."""
    day = words.day(page.own_standing.permission_withdrawn_on)
    body = render_to_string("practices/components/permission_withdrawn.html", {"day": day})
    return {"hero": "", "body": body, "area": "none", "canonical": "", "image_url": "", "is_notice": True}


def _build(page: PracticePage) -> dict[str, Any]:
    attached = documents(page)
    passport = passport_of(page, attached)
    pictures = _pictures(page)
    areas = page.terms_of(Vocabulary.AREA)
    organisation, municipality = page.organisation, page.municipality
    level = page.current_level
    return {
        "passport": passport,
        "plates": plates(page),
        "area": areas[0].data.get("figure", "none") if areas else "none",
        "areas": [
            {"label": area.title, "slug": area.data.get("figure", "none"), "url": _filtered("area", area.slug)}
            for area in areas
        ],
        "place": organisation.short_name if organisation else "",
        "place_url": organisation.get_absolute_url() if organisation else "",
        "municipality": municipality.short_name if municipality else "",
        "municipality_url": municipality.get_absolute_url() if municipality else "",
        "ages": words.ages_in_words(page.terms_of(Vocabulary.AGE)),
        "level": level.value,
        "level_label": words.LEVEL_LABELS[level],
        "level_date": words.month(page.level_on) if page.level_on else "",
        "level_until": words.day(page.level_until) if page.level_until and page.level == level else "",
        "cover": _cover(page, pictures),
        "gain": words.gain(words.rows_of(page.indicators)),
        "charts": [_chart(indicator) for indicator in passport.indicators],
        "glance": _glance(page),
        "files": [
            {
                "title": title,
                "url": document.url,
                "type": document.kind,
                "info": ", ".join(filter(None, [document.kind, size_in_words(document.file_size)])),
            }
            for title, document in attached
        ],
        "photos": _photos(page, pictures),
        "facts": _facts(page, passport),
        "topics": [{"label": tag.name, "url": tag.get_absolute_url()} for tag in page.chosen_tags],
        "missing": page.missing_fields(),
        "similar": cards.tiles(queries.similar(page.pk)),
        "proves": items_proved_by(page),
        "downloads": [
            {"label": f"Скачать {kind.upper()}", "url": reverse("practice_passport", args=[page.slug, kind])}
            for kind in ("pdf", "docx")
        ],
        "published_on": page.published_on,
        "updated_on": page.last_published_at,
        "confirmed": confirmed_in_words(page),
        "canonical": f"{settings.SITE_URL}{SECTION_URL}{page.slug}/",
        "image_url": _image_url(page, pictures),
    }


def plates(page: PracticePage) -> list[dict[str, str]]:
    """Return what a reader must know before the text: on the shelf and why, what replaces it, not confirmed."""
    standing, today = page.own_standing, timezone.localdate()
    if standing is None:
        return []
    found = []
    if standing.archived_on is not None:
        after = standing.successor if standing.successor is not None and is_public(standing.successor) else None
        title = "В архиве: заменена практикой" if after else f"В архиве с {words.day(standing.archived_on)}"
        link = {"url": f"{SECTION_URL}{after.slug}/", "label": after.title} if after else {}
        found.append({"title": title, "text": standing.archive_reason, **link})
    if is_stale(standing, today):
        last = standing.confirmed_on or page.published_on
        since = f" Последние сведения: {words.month(last)}." if last else ""
        text = f"Организация не подтвердила, что работает так и теперь.{since}"
        found.append({"title": "Сведения могли устареть", "text": text})
    return found


def confirmed_in_words(page: PracticePage) -> str:
    """Return «подтверждена в октябре 2026» of a practice that the organisation has confirmed."""
    standing = page.own_standing
    day = standing.confirmed_on if standing is not None else None
    return f"Подтверждена: {words.month(day)}." if day and not is_stale(standing, timezone.localdate()) else ""


def _filtered(facet: str, value: str) -> str:
    return address(SECTION_URL, [(facet, value)])


def _cover(page: PracticePage, images: Mapping[int | None, AbstractImage]) -> str:
    image = images.get(page.cover_id)
    if image is None:
        return ""
    return render_to_string("components/cover_large.html", {"image": image, "alt": page.cover_alt})


def _image_url(page: PracticePage, images: Mapping[int | None, AbstractImage]) -> str:
    image = images.get(page.social_image_id) or images.get(page.cover_id)
    if image is None:
        return ""
    url = image.get_rendition(_SOCIAL).url
    return url if url.startswith("http") else settings.SITE_URL + url


def _chart(indicator: Indicator) -> dict[str, Any]:
    """Return an indicator as two bars on one scale: of 100 for per cent, else of the greater value."""
    unit = indicator.unit if len(indicator.unit) <= _SHORT_UNIT else ""
    values = [value for value in (indicator.before, indicator.after) if value is not None]
    scale = max([100.0 if indicator.unit == "%" else 0.0, *values]) or 1.0
    return {
        "title": indicator.name if unit or not indicator.unit else f"{indicator.name}, {indicator.unit}",
        "before": format_measure(indicator.before, unit) if indicator.before is not None else "",
        "after": format_measure(indicator.after, unit),
        "before_pct": _share(indicator.before, scale),
        "after_pct": _share(indicator.after, scale),
        "note": indicator.method,
    }


def _share(value: float | None, scale: float) -> int:
    return round(max(0.0, value or 0.0) / scale * 100)


def _glance(page: PracticePage) -> list[dict[str, str]]:
    shown = [
        ("Стоимость повторения", page.get_cost_display()),
        ("Время на запуск", page.get_launch_time_display()),
        ("Доказанность результата", page.get_evidence_display()),
    ]
    return [{"label": label, "value": value} for label, value in shown if value]


def _facts(page: PracticePage, passport: Any) -> list[dict[str, str]]:
    shown = [
        ("Организация", passport.organisation, page.organisation.get_absolute_url() if page.organisation else ""),
        ("Муниципалитет", passport.municipality, page.municipality.get_absolute_url() if page.municipality else ""),
        ("Авторы", authors_in_words(passport), ""),
        ("Срок", passport.period, ""),
        ("Участники и охват", passport.audience_text, ""),
        ("Для кого", ", ".join(passport.audiences), ""),
        ("Группы", ", ".join(passport.group_kinds), ""),
        ("Особые потребности", ", ".join(passport.special_needs), ""),
        ("Вид практики", ", ".join(passport.kinds), ""),
        ("Область качества", ", ".join(passport.quality_areas), ""),
        ("Какое затруднение помогает преодолеть", "; ".join(passport.deficits), ""),
        ("Технологии и методы", passport.technologies, ""),
        ("Степень зрелости", passport.maturity, ""),
        ("Где представлена", passport.approbation, ""),
    ]
    return [{"label": label, "value": value, "url": url} for label, value, url in shown if value]


def authors_in_words(passport: Any) -> str:
    """Return posts with numbers, names where their owners agreed; else the collective of the organisation."""
    lines = [
        f"{line.post}: {', '.join(line.names)}"
        if line.names
        else f"{line.post} ({line.count})"
        if line.count > 1
        else line.post
        for line in passport.authors
    ]
    if any(line.names for line in passport.authors):
        return "; ".join(lines)
    collective = f"авторский коллектив {passport.organisation}".strip()
    return f"{collective}: {'; '.join(lines)}" if lines else (collective if passport.organisation else "")


def _photos(page: PracticePage, images: Mapping[int | None, AbstractImage]) -> list[dict[str, Any]]:
    if page.hides_photos:
        return []
    return [
        {
            "picture": render_to_string(
                "practices/components/photo.html", {"image": images[row["image"]], "alt": row["alt"]}
            ),
            "caption": row.get("caption") or "",
        }
        for row in words.rows_of(page.photos)
        if row["image"] in images
    ]


def _pictures(page: PracticePage) -> Mapping[int | None, AbstractImage]:
    """Return all pictures of a page by key, with the renditions that it shows; two queries."""
    wanted = {page.cover_id, page.social_image_id, *(row["image"] for row in words.rows_of(page.photos))} - {None}
    found = get_image_model().objects.prefetch_renditions(*PHOTO_FILTERS, *_COVER_FILTERS, _SOCIAL)
    return found.in_bulk(wanted) if wanted else {}
