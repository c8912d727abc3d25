"""Files of the bank: passports of practices and lists with the filters of their address."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import content_disposition_header

from portal.core.exports import FORMATS, Column, export_response
from practices.domain import cards
from practices.domain.catalogue import catalogue
from practices.domain.downloads import file_of, has_files, order_missing
from practices.domain.listing import select
from practices.forms import CatalogueForm
from practices.models import PassportKind, PracticePage

CHUNK = 200
MOST_SHEET_ROWS = 5_000
RETRY_SECONDS = 10

COLUMNS = (
    Column("Номер", "id", kind="number"),
    Column("Название", "title"),
    Column("Кратко", "summary"),
    Column("Организация", "organisation.name", key="organisation"),
    Column("Муниципалитет", "municipality.name", key="municipality"),
    Column("Образовательные области", lambda card: [area["label"] for area in card["areas"]], key="areas"),
    Column("Возраст", "age"),
    Column("Темы", lambda card: [tag["label"] for tag in card["tags"]], key="tags"),
    Column("Уровень признания", "level_label", key="level"),
    Column("Главный показатель", lambda card: card["gain"] and card["gain"]["label"], key="indicator"),
    Column("До", lambda card: card["gain"] and card["gain"]["before"], key="before"),
    Column("После", lambda card: card["gain"] and card["gain"]["after"], key="after"),
    Column("В банке с", "date_iso", key="published_on"),
    Column("Адрес", "full_url", kind="url", key="url"),
    Column("Демонстрационное", "is_demo"),
)


def passport(request: HttpRequest, slug: str, kind: str) -> HttpResponseBase:
    """Give a passport file of a public practice; while it is not built, say so and when to come again."""
    page = PracticePage.objects.filter(slug=slug).first()
    if page is None or not has_files(page):
        raise Http404
    found = file_of(page, kind)
    if found is None or not found.file.storage.exists(str(found.file.name)):
        order_missing(page.pk)
        response = render(request, "practices/passport_pending.html", {"page": page, "kind": kind.upper()}, status=202)
        response.headers["Retry-After"] = str(RETRY_SECONDS)
        response.headers["Refresh"] = str(RETRY_SECONDS)
        response.headers["Cache-Control"] = "no-store"
        return response
    answer = FileResponse(found.file.open("rb"), content_type=PassportKind(kind).media_type)
    answer.headers["Content-Length"] = str(found.size)
    answer.headers["Content-Disposition"] = (
        content_disposition_header(True, f"Паспорт практики {page.slug}.{kind}") or "attachment"
    )
    answer.headers["ETag"] = f'"{found.digest[:32]}-{kind}"'
    answer.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def export(request: HttpRequest, fmt: str) -> HttpResponseBase:
    """Give the practices of the catalogue's address as a file: public columns only, names of people never."""
    if fmt not in FORMATS:
        raise Http404
    found = catalogue()
    form = CatalogueForm(request.GET, catalogue=found)
    selection = select(found, query=form.query, choices=form.choices, sort=form.sort)
    count = min(selection.total, MOST_SHEET_ROWS) if fmt == "xlsx" else selection.total
    ids = selection.ids(0, count)
    root = request.build_absolute_uri("/").rstrip("/")
    sheet = "Практики" if count == selection.total else f"Первые {count} из {selection.total}"
    return export_response(fmt, "Практики", COLUMNS, card_rows(ids, root), sheet_title=sheet)  # type: ignore[arg-type]


def card_rows(ids: Sequence[int], root: str) -> Iterator[dict[str, Any]]:
    """Yield rows for `COLUMNS` of the practices `ids`, read by hundreds; `root` stands before their addresses."""
    for start in range(0, len(ids), CHUNK):
        for card in cards.cards(list(ids[start : start + CHUNK])):
            yield {**card, "full_url": root + card["url"]}
