"""The page of a contest: values kept until something is published, and where it stands at the moment of asking."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.template.defaultfilters import linebreaksbr
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from wagtail.documents import get_document_model

from contests.blocks import points
from contests.domain import awards
from contests.domain.awards import Award
from contests.domain.editions import Edition, LightStage, editions, find, of_page
from contests.domain.standing import Standing, is_on, is_over
from contests.enums import SECTION_URL, ContestState
from contests.models import ContestPage
from portal.core import mentions, moments, versions
from portal.core.listing import address, plural
from portal.core.publicity import is_public, public
from portal.documents.enums import SECTION_URL as DOCUMENTS_URL
from portal.documents.models import DocumentPage
from portal.roadmap.queries import items_proved_by
from practices.domain.passport import size_in_words

SOCIAL = "width-1200|format-jpeg"
COVER_FILTERS = ("format-webp|fill-928x580", "format-jpeg|fill-928x580")  # as the template's tag names them
MOST_PIPS = 20  # a criterion of more points is shown by its number alone
ENTRY_STATES = {ContestState.OPEN, ContestState.ANNOUNCED, ContestState.RUNNING}


def contest_context(page: ContestPage, *, preview: bool) -> dict[str, Any]:
    """Return the context of a contest's page: from the cache for a public one, built anew for a preview."""
    found = find(page.pk) if is_public(page) and not preview else None
    kept, edition = found is not None, found or of_page(page)
    values = versions.cached(f"contest:{page.pk}", lambda: _build(page, edition)) if kept else _build(page, edition)
    now = timezone.now()
    stands = edition.standing(now)
    shown = edition.shown_results_on(timezone.localdate(now))
    # Who prepares results looks at them before their day comes; without the mark they stay hidden from a preview too.
    early = preview and page.results_are_public
    results = (awards.of_contest(page.pk) if kept else awards.of_draft(page)) if shown or early else []
    return {
        **values,
        "standing": stands,
        "is_open": stands.state == ContestState.OPEN,
        "is_cancelled": page.is_cancelled,
        "count": _count(stands),
        "stages": list(_stages(edition.stages, now, page.is_cancelled)),
        "may_enter": stands.state in ENTRY_STATES and not _intake_is_over(edition.stages, now),
        "results": _results(results),
        "results_date": moments.day(shown) if shown else "",
        "results_are_early": bool(results) and shown is None,
        "protocols": _protocols(results),
        "others": [
            {"label": str(other.year), "url": other.url}
            for other in editions(now)
            if other.series == edition.series and other.id != page.pk
        ],
        "news": mentions.of(page.pk) if kept else [],
        "proves": items_proved_by(page),
    }


def _build(page: ContestPage, edition: Edition) -> dict[str, Any]:
    """Return what does not depend on the hour."""
    files = list(_files(page))
    image_url = _image_url(page)  # first: it finds the pictures of the cover too
    return {
        "full_title": edition.full_title,
        "nominations": edition.nominations,
        "tours": [_tour(block.value) for block in page.criteria],
        "requirements": [dict(block.value) for block in page.requirements],
        "files": files,
        "regulation": files[0] if files else None,
        "facts": list(_facts(page, edition)),
        "questions": list(_questions(page)),
        "entry_host": urlsplit(page.entry_url).hostname or "" if page.entry_url else "",
        "body": render_to_string("contests/components/body.html", {"body": page.body}) if page.body else "",
        "cover": render_to_string("components/cover_large.html", {"image": page.cover, "alt": page.cover_alt})
        if page.cover
        else "",
        "image_url": image_url,
        "topics": [{"label": tag.name, "url": tag.get_absolute_url()} for tag in page.tags.all()],
        "calendar_url": reverse("contest_calendar", args=[page.slug]),
        "canonical": f"{settings.SITE_URL}{SECTION_URL}{page.slug}/",
        "archive_url": address(reverse("contest_winners"), [("series", edition.series)]),
    }


def _image_url(page: ContestPage) -> str:
    """Return the address of the picture for social networks; asks for it and for the cover's pictures at once."""
    image: Any = page.meta_image
    if image is None:
        return ""
    url: str = image.get_renditions(SOCIAL, *COVER_FILTERS)[SOCIAL].url
    return url if url.startswith("http") else settings.SITE_URL + url


def _count(stands: Standing) -> dict[str, str]:
    """Return the big words of the head: «52 дня», «до конца приёма:» and the full deadline."""
    until = moments.deadline(stands.until) if stands.until else ""
    if stands.number:
        return {"big": moments.days_in_words(stands.days or 0), "text": f"{stands.phrase}:", "until": until}
    return {"big": stands.phrase[:1].upper() + stands.phrase[1:], "text": "", "until": until}


def _intake_is_over(stages: Sequence[LightStage], now: dt.datetime) -> bool:
    intake = [stage for stage in stages if stage.is_intake]
    return bool(intake) and all(is_over(stage, now) for stage in intake)


def _stages(stages: Sequence[LightStage], now: dt.datetime, is_cancelled: bool) -> Iterator[dict[str, Any]]:
    for stage in stages:
        start, end = timezone.localdate(stage.starts_at), timezone.localdate(stage.ends_at)
        on = not is_cancelled and is_on(stage, now)
        yield {
            "title": stage.title,
            "is_on": on,
            "is_over": is_over(stage, now),
            "dates": moments.span(start, end),
            "hours": _hours(stage),
            "left": _left(stage, now) if on else "",
            "mode": stage.mode,
            "place": stage.place,
            "content": stage.content,
        }


def _hours(stage: LightStage) -> str:
    """Return the hours of a stage that does not last from midnight to midnight: «с 10:00 до 18:00»."""
    start, end = moments.hour(stage.starts_at), moments.hour(stage.ends_at)
    parts = [f"с {start}"] * (start != "00:00") + [f"до {end}"] * (end != "23:59")
    return f"{' '.join(parts)} {settings.TIME_ZONE_WORDS}" if parts else ""


def _left(stage: LightStage, now: dt.datetime) -> str:
    days = moments.days_until(stage.ends_at, now)
    if days == 0:
        return f"сегодня последний день, до {moments.hour(stage.ends_at)}"
    return f"{plural(days, 'остался', 'осталось', 'осталось')} {moments.days_in_words(days)}"


def _tour(value: Any) -> dict[str, Any]:
    tests = [
        {
            "title": test["title"],
            "total": points(test["items"]),
            "items": [
                {
                    "title": item["title"],
                    "max": item["max"],
                    "pips": item["max"] * 10 if item["max"] <= MOST_PIPS else 0,
                    "width": item["max"] * 18,
                }
                for item in test["items"]
            ],
        }
        for test in value["tests"]
    ]
    total = sum(test["total"] for test in tests)
    return {
        "title": value["title"],
        "note": value["note"],
        "tests": tests,
        "total": f"{total} {plural(total, 'балл', 'балла', 'баллов')}",
    }


def _files(page: ContestPage) -> Iterator[dict[str, str]]:
    """Yield the documents of a contest; a page of the library that is not public is left out."""
    rows = [block.value for block in page.files]
    pages = [row["page"].pk for row in rows if row["page"]]
    library = {found.pk: found for found in public(DocumentPage.objects.filter(pk__in=pages))} if pages else {}
    for row in rows:
        if row["page"]:
            found = library.get(row["page"].pk)
            if found is not None:
                yield {
                    "title": row["title"],
                    "url": f"{DOCUMENTS_URL}{found.slug}/",
                    "type": "",
                    "info": "в разделе «Документы»",
                }
        elif row["document"]:
            yield _file(row["title"], row["document"])


def _file(title: str, document: Any) -> dict[str, str]:
    info = ", ".join(filter(None, [document.kind, size_in_words(document.file_size)]))
    return {"title": title, "url": document.url, "type": document.kind, "info": info}


def _facts(page: ContestPage, edition: Edition) -> Iterator[dict[str, str]]:
    contacts = [
        ("Вопросы", page.contact_email, f"mailto:{page.contact_email}"),
        ("Телефон", page.contact_phone, f"tel:{''.join(c for c in page.contact_phone if c.isdigit() or c == '+')}"),
    ]
    organisers = [line.strip() for line in page.organisers.splitlines() if line.strip()]
    rows = [
        ("Кто проводит", linebreaksbr("\n".join(organisers)), ""),
        ("Учредитель", page.founder, ""),
        ("Уровень", capfirst(edition.level), ""),
        ("Кто участвует", capfirst(edition.contest_object), ""),
        *contacts,
    ]
    for label, value, url in rows:
        if value:
            yield {"label": label, "value": value, "url": url}


def _questions(page: ContestPage) -> Iterator[dict[str, Any]]:
    rows = [
        ("Цель конкурса", page.purpose, ""),
        ("Кто может участвовать", page.who, page.conditions),
        ("Сколько участников", page.quota, ""),
        ("Кто оценивает", page.jury, ""),
        ("Чем награждают", "", page.awards),
        ("Куда выходят победители", page.next_stage, ""),
    ]
    for title, text, lines in rows:
        if text or lines:
            items = [line.strip() for line in lines.splitlines() if line.strip()]
            url = page.next_stage_url if text and text is page.next_stage else ""
            yield {"title": title, "text": text, "items": items, "url": url}


def _results(rows: list[Award]) -> list[dict[str, Any]]:
    """Return results by nominations in the order of the results."""
    groups: dict[str, dict[str, Any]] = {}
    for award in rows:
        group = groups.setdefault(award.nomination, {"title": award.nomination_title, "rows": []})
        group["rows"].append(award)
    return list(groups.values())


def _protocols(rows: list[Award]) -> list[dict[str, str]]:
    ids = {award.protocol_id for award in rows if award.protocol_id}
    return (
        [_file(document.title, document) for document in get_document_model().objects.filter(pk__in=ids)] if ids else []
    )
