"""Rows of a table in a form: added, removed and moved by buttons that need no script.

Every cell is called `field-row-column`; rows stand in the order in which they were posted, so a script that moves them
on the page renames nothing. A row without an answer is no row.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from typing import Any

from django import forms

from portal.intake.enums import FieldType
from portal.intake.forms.spec import Column, Field

MOST_ROWS_READ = 60
_ROW_ID = re.compile(r"^[A-Za-z0-9-]{1,40}$")
RowsInput = list[dict[str, Any]]


def new_row_id() -> str:
    """Return a name for a new row."""
    return secrets.token_hex(5)


class RowsWidget(forms.Widget):
    """The rows of a table field as groups of inputs; `faults` are words about single cells by (row, column)."""

    template_name = "intake/widgets/rows.html"
    use_fieldset = True

    def __init__(self, question: Field) -> None:
        super().__init__()
        self.question = question
        self.faults: dict[tuple[str, str], str] = {}
        self.pressed: tuple[str, str] | None = None  # a button of a row: what to do, with which row
        self.extra = 0  # empty rows beside those that there are

    def value_from_datadict(self, data: Any, files: Any, name: str) -> RowsInput:
        """Return the posted rows as they were typed; names that are not ours are passed over."""
        columns = {column.name for column in self.question.columns}
        rows: dict[str, dict[str, Any]] = {}
        for key in data:
            if not key.startswith(f"{name}-"):
                continue
            row_id, _dash, column = key[len(name) + 1 :].rpartition("-")
            if column in columns and _ROW_ID.match(row_id) and (row_id in rows or len(rows) < MOST_ROWS_READ):
                rows.setdefault(row_id, {"id": row_id})[column] = data.get(key)
        return _after(list(rows.values()), *self.pressed) if self.pressed else list(rows.values())

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        rows: RowsInput = list(value or [])
        blank = max(self.question.at_least, 1) - len(rows)
        if blank <= 0:
            blank = self.extra
        rows = [*rows, *({"id": new_row_id()} for _ in range(max(blank, 0)))]
        most = self.question.at_most
        return {
            **context,
            "question": self.question,
            "rows": [self._row(name, row, number, len(rows)) for number, row in enumerate(rows, start=1)],
            "pattern": self._row(name, {"id": "ROW"}, 0, 0),
            "is_full": most is not None and len(rows) >= most,
        }

    def _row(self, name: str, row: Mapping[str, Any], number: int, count: int) -> dict[str, Any]:
        row_id = str(row["id"])
        return {
            "id": row_id,
            "number": number,
            "is_first": number == 1,
            "is_last": number == count,
            "cells": [self._cell(name, row_id, column, row.get(column.name)) for column in self.question.columns],
        }

    def _cell(self, name: str, row_id: str, column: Column, value: Any) -> dict[str, Any]:
        chosen = str(value if value is not None else "")
        if column.type == FieldType.NUMBER:
            chosen = chosen.replace(".", ",")
        return {
            "name": f"{name}-{row_id}-{column.name}",
            "column": column,
            "value": chosen,
            "fault": self.faults.get((row_id, column.name), ""),
            "choices": [(one.value, one.label, one.value == chosen) for one in column.choices],
            "tall": (column.at_most or 0) > 700,
        }


def _after(rows: RowsInput, verb: str, row_id: str) -> RowsInput:
    """Return the rows after a button was pressed: one removed, or moved by a place."""
    place = next((n for n, row in enumerate(rows) if row["id"] == row_id), None)
    if place is None:
        return rows
    row = rows.pop(place)
    if verb == "remove":
        return rows
    rows.insert(max(place - 1, 0) if verb == "up" else place + 1, row)
    return rows
