"""Where answers lie: in columns of a model, or in one JSON column."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import models

from portal.intake.enums import FieldType
from portal.intake.forms.spec import Column, Field

Reading = Callable[[Any], Any]  # draft → answer
Rows = list[dict[str, Any]]


class JsonAnswers:
    """All answers in one JSON column of the draft."""

    def __init__(self, column: str = "answers") -> None:
        self.column = column

    def read(self, draft: Any, fields: Iterable[Field]) -> dict[str, Any]:
        """Return the answers by name, blank where nobody answered."""
        kept = getattr(draft, self.column) or {}
        return {field.name: kept.get(field.name, field.blank) for field in fields}

    def write(self, draft: Any, answers: Mapping[Field, Any]) -> dict[str, Any]:
        """Put answers among the others of the draft; return the column to save."""
        kept = {**(getattr(draft, self.column) or {}), **{field.name: value for field, value in answers.items()}}
        setattr(draft, self.column, kept)
        return {self.column: kept}


class ColumnAnswers:
    """Answers in columns of a model: texts, dates and ticks as they are, dictionaries among the terms of one relation,
    tables as rows of a StreamField or of JSON. `readings` answer for what lies elsewhere (files, consents).

    Terms are written at once, the rest is returned for one UPDATE: the caller holds the row locked.
    """

    def __init__(self, *, terms: str = "terms", readings: Mapping[str, Reading] | None = None) -> None:
        self.terms = terms
        self.readings = readings or {}

    def read(self, draft: Any, fields: Iterable[Field]) -> dict[str, Any]:
        """Return the answers by name; one query for all dictionaries, those of `readings` besides."""
        fields = list(fields)
        chosen: set[int] = set()
        if any(self._is_term(draft, field) for field in fields):
            chosen = {term.pk for term in draft.chosen_terms}
        return {field.name: self._answer(draft, field, chosen) for field in fields}

    def write(self, draft: Any, answers: Mapping[Field, Any]) -> dict[str, Any]:
        """Put answers into the draft; terms are related at once, columns are returned for saving."""
        terms = {field: value for field, value in answers.items() if self._is_term(draft, field)}
        if terms:
            self._relate(draft, terms)
        columns: dict[str, Any] = {}
        for field, value in answers.items():
            if field not in terms and field.name not in self.readings:
                columns |= self._column(draft, field, value)
        for name, value in columns.items():
            setattr(draft, name, value)
        return columns

    def _is_term(self, draft: Any, field: Field) -> bool:
        kinds = {FieldType.SELECT, FieldType.MULTISELECT}
        return field.type in kinds and bool(field.vocabulary) and not _has_column(draft, field.stored_as)

    def _answer(self, draft: Any, field: Field, chosen: set[int]) -> Any:
        if field.name in self.readings:
            return self.readings[field.name](draft)
        if self._is_term(draft, field):
            found = [choice.value for choice in field.choices if choice.pk in chosen]
            return found if field.type == FieldType.MULTISELECT else next(iter(found), "")
        column = draft._meta.get_field(field.stored_as)
        if isinstance(column, models.ForeignKey):
            return _reference(draft, field, column)
        value = getattr(draft, field.stored_as)
        if field.type == FieldType.ROWS:
            return rows_from(value, field)
        if isinstance(value, dt.date):
            return f"{value:%Y-%m}" if field.type == FieldType.MONTH else value.isoformat()
        return field.blank if value is None else value

    def _column(self, draft: Any, field: Field, value: Any) -> dict[str, Any]:
        column = draft._meta.get_field(field.stored_as)
        if isinstance(column, models.ForeignKey):
            return {column.attname: next((one.pk for one in field.choices if one.value == value), None)}
        if field.type in {FieldType.MONTH, FieldType.DATE}:
            text = f"{value}-01" if field.type == FieldType.MONTH else value
            return {column.attname: dt.date.fromisoformat(text) if value else None}
        if field.type == FieldType.ROWS:
            streamed = hasattr(column, "stream_block")
            return {column.attname: _stream(column, field, value) if streamed else _kept_rows(draft, field, value)}
        return {column.attname: value}

    def _relate(self, draft: Any, answers: Mapping[Field, Any]) -> None:
        """Write the difference alone: a term that the form does not offer stays where an editor put it."""
        offered: dict[int, str] = {}
        wanted: set[int] = set()
        for field, value in answers.items():
            pks = {choice.value: choice.pk for choice in field.choices if choice.pk is not None}
            offered |= {pk: slug for slug, pk in pks.items()}
            values = value if isinstance(value, list) else [value]
            wanted |= {pks[one] for one in values if one in pks}
        now = {term.pk for term in draft.chosen_terms} & set(offered)
        relation = draft._meta.get_field(self.terms)
        through, owner, target = relation.remote_field.through, relation.m2m_column_name(), relation.m2m_reverse_name()
        if gone := now - wanted:
            through._default_manager.filter(**{owner: draft.pk, f"{target}__in": gone}).delete()
        if new := wanted - now:
            through._default_manager.bulk_create([through(**{owner: draft.pk, target: pk}) for pk in sorted(new)])
        draft.forget_chosen()


def _has_column(draft: Any, name: str) -> bool:
    return any(column.name == name for column in draft._meta.concrete_fields)


def _reference(draft: Any, field: Field, column: models.ForeignKey) -> Any:
    """Return the code of the chosen record; of a record beyond any list its code and its name."""
    pk = getattr(draft, column.attname)
    known = next((choice for choice in field.choices if choice.pk == pk), None) if pk else None
    if field.type != FieldType.REFERENCE:
        return known.value if known else ""
    if known is not None:
        return {"value": known.value, "label": known.label}
    record = getattr(draft, column.name)
    return {"value": record.slug, "label": str(record)} if record is not None else None


def rows_from(value: Any, field: Field) -> Rows:
    """Return rows of a StreamField or of JSON as dictionaries with their ids."""
    rows = list(getattr(value, "raw_data", value) or [])
    found: Rows = []
    for number, row in enumerate(rows):
        cells = row["value"] if "value" in row and "type" in row else row
        if not isinstance(cells, Mapping):
            cells = {field.columns[0].name: cells}
        answers = {one.name: _plain_cell(one, cells.get(one.name)) for one in field.columns}
        found.append({"id": str(row.get("id") or number), **answers})
    return found


def _plain_cell(column: Column, value: Any) -> Any:
    if value is None:
        return column.blank
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _kept_rows(draft: Any, field: Field, rows: Rows) -> Rows:
    """Return rows of JSON with whatever else was kept in the rows of the same ids."""
    before = {row.get("id"): row for row in getattr(draft, field.stored_as) or []}
    return [{**before.get(row["id"], {}), **row} for row in rows]


def _stream(column: Any, field: Field, rows: Rows) -> Any:
    """Return rows as the value of a StreamField; a table of one column is a stream of plain blocks."""
    (block,) = column.stream_block.child_blocks
    single = field.columns[0].name if len(field.columns) == 1 else ""
    raw = [
        {
            "type": block,
            "value": row[single] if single else {one.name: row.get(one.name) for one in field.columns},
            "id": row["id"],
        }
        for row in rows
    ]
    return column.stream_block.to_python(raw)
