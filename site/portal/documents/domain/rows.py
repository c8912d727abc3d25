"""A document as a row of a list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.template.defaultfilters import date as format_date
from django.template.defaultfilters import filesizeformat

from portal.documents.domain.library import Entry


def rows(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """Values of `components/document.html` for each document."""
    return [_row(entry) for entry in entries]


def requisites(number: str, date: Any) -> str:
    """«№ 12/34-о от 3 марта 2022», without the number where there is none."""
    day = f"от {format_date(date, 'j E Y')}"
    return f"№ {number} {day}" if number else day


def _row(entry: Entry) -> dict[str, Any]:
    return {
        "title": entry.title,
        "url": entry.url,
        "kind": entry.kind_label,
        "requisites": requisites(entry.number, entry.date),
        "issuer": entry.issuer_label,
        "is_in_force": entry.is_in_force,
        "void_since": "" if entry.is_in_force else format_date(entry.void_since, "j E Y"),
        "files": ", ".join(_file_words(file.kind, file.size) for file in entry.files[:3]),
    }


def _file_words(kind: str, size: int) -> str:
    return f"{kind} {filesizeformat(size)}" if size else kind
