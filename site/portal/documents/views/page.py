"""A document as its template shows it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.template.defaultfilters import date as format_date
from django.template.defaultfilters import filesizeformat

from portal.core.listing import address
from portal.documents.domain import library
from portal.documents.domain.rows import requisites, rows
from portal.documents.enums import SECTION_URL
from portal.documents.models import DocumentPage
from portal.roadmap.queries import items_proved_by


def document_context(page: DocumentPage) -> dict[str, Any]:
    """Return facts, files, topics of a document and what it replaces or is replaced by, as far as that is public."""
    replaced = library.find(page.replaces_id)
    return {
        "requisites": requisites(page.number, page.date),
        "facts": list(_facts(page)),
        "plate": None if page.is_in_force else _plate(page),
        "files": list(_files(page)),
        "tags": page.tags.all(),
        "proves": items_proved_by(page),
        "replaces": rows([replaced]) if replaced else [],
    }


def _facts(page: DocumentPage) -> Iterator[dict[str, str]]:
    issuer_url = page.issuer.get_absolute_url() if page.issuer is not None else ""
    until = f"Действует до {format_date(page.void_since, 'j E Y')}" if page.void_since else "Действует"
    rows = [
        ("Вид", page.kind.title, address(SECTION_URL, [("kind", page.kind.slug)])),
        ("Номер", page.number, ""),
        ("Дата", format_date(page.date, "j E Y"), ""),
        ("Кто издал", page.issuer_title, issuer_url),
        ("Состояние", until if page.is_in_force else "Не действует", ""),
    ]
    for label, value, url in rows:
        if value:
            yield {"label": label, "value": value, "url": url}


def _plate(page: DocumentPage) -> dict[str, Any]:
    """What a document that is not in force says above everything else, with the way to the one in its place."""
    return {
        "title": f"Не действует с {format_date(page.void_since, 'j E Y')}",
        "text": page.void_reason,
        "links": [{"title": entry.title, "url": entry.url} for entry in library.replaced_by(page.pk)],
    }


def _files(page: DocumentPage) -> Iterator[dict[str, str]]:
    for file in page.files.select_related("document"):
        size = filesizeformat(file.document.file_size) if file.document.file_size else ""
        scan = "скан без текста" if file.document.scan_only else ""
        yield {
            "title": file.title,
            "url": file.document.url,
            "type": file.document.kind,
            "info": ", ".join(filter(None, (file.document.kind, size, scan))),
        }
