"""Answers in words: one wording for «Проверка», the receipt, the desk of the office and differences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import dateformat

from portal.intake.enums import FieldType
from portal.intake.forms.choices import Choice
from portal.intake.forms.conditions import is_filled
from portal.intake.forms.spec import Column, Field

Cells = list[tuple[str, str]]  # (label of the column, words)


def in_words(field: Field, answer: Any) -> str:
    """Return an answer as text, blank when nobody answered; paragraphs and rows are lines, chosen values a list."""
    if field.type == FieldType.CHECKBOX:
        return "Да" if answer else "Нет"
    if not is_filled(answer):
        return ""
    if field.type == FieldType.ROWS:
        return "\n".join(
            f"{number}. " + "; ".join(f"{label}: {words}" if len(cells) > 1 else words for label, words in cells)
            for number, cells in enumerate(rows_in_words(field, answer), start=1)
        )
    if field.type == FieldType.FILES:
        return "\n".join(file["title"] or file["name"] for file in answer)
    return _value(field.type, field.choices, answer)


def rows_in_words(field: Field, rows: Iterable[Mapping[str, Any]]) -> list[Cells]:
    """Return the rows of a table field: for each the filled cells with the labels of their columns."""
    return [
        [(one.label, words) for one in field.columns if (words := _cell(one, row.get(one.name)))] for row in rows or []
    ]


def _cell(column: Column, value: Any) -> str:
    return _value(column.type, column.choices, value) if is_filled(value) else ""


def _value(kind: str, choices: list[Choice], value: Any) -> str:
    if kind in {FieldType.SELECT, FieldType.MULTISELECT}:
        labels = {choice.value: choice.label for choice in choices}
        return "; ".join(labels.get(one, str(one)) for one in (value if isinstance(value, list) else [value]))
    if kind == FieldType.MONTH:
        return dateformat.format(dt.date.fromisoformat(f"{value}-01"), "F Y").lower()
    if kind == FieldType.DATE:
        return dateformat.format(dt.date.fromisoformat(value), "j E Y")
    if kind == FieldType.NUMBER:
        return f"{value:g}".replace(".", ",")
    if kind == FieldType.REFERENCE:
        return str(value["label"])
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)
