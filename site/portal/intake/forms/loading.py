"""Forms from rows of JSON: what an organiser of a contest puts together on a screen becomes the same FormSpec."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields as dataclass_fields
from typing import Any

from portal.intake.enums import FieldType, Reader
from portal.intake.forms.conditions import ConditionError, fields_of
from portal.intake.forms.spec import AnswerStore, Column, Field, FormError, FormSpec, Step
from portal.intake.forms.storage import JsonAnswers

_FIELD_KEYS = {one.name for one in dataclass_fields(Field)}
_COLUMN_KEYS = {one.name for one in dataclass_fields(Column)}


def spec_from_json(data: Mapping[str, Any], store: AnswerStore | None = None) -> FormSpec:
    """Return the form that `data` describes: keys are the names of the dataclasses of `spec`.

    Answers lie in the JSON column `answers` unless another storage is given. Raises FormError in words for an unknown
    key, type or condition: rows of a database are checked when they are saved and when they are read.
    """
    try:
        steps = tuple(
            Step(
                key=step["key"],
                title=step["title"],
                intro=step.get("intro", ""),
                minutes=int(step.get("minutes", 0)),
                fields=tuple(_field(row) for row in step.get("fields", ())),
            )
            for step in data["steps"]
        )
        return FormSpec(data["key"], int(data["version"]), data["title"], steps, store or JsonAnswers())
    except KeyError as missing:
        raise FormError(f"В описании формы нет {missing}.") from missing


def _field(row: Mapping[str, Any]) -> Field:
    values = _known(row, _FIELD_KEYS)
    values["columns"] = tuple(_column(column) for column in row.get("columns", ()))
    if "visible_to" in values:
        values["visible_to"] = frozenset(Reader(reader) for reader in row["visible_to"])
    try:
        if values.get("required_when"):
            fields_of(values["required_when"])
    except ConditionError as error:
        raise FormError(f"Поле «{row['name']}»: {error}") from error
    return Field(**values)


def _column(row: Mapping[str, Any]) -> Column:
    return Column(**_known(row, _COLUMN_KEYS))


def _known(row: Mapping[str, Any], keys: set[str]) -> dict[str, Any]:
    unknown = set(row) - keys
    if unknown:
        raise FormError(f"Поле «{row.get('name', '')}»: непонятные свойства {', '.join(sorted(unknown))}.")
    kind = row.get("type", FieldType.TEXT)
    if kind not in FieldType.values:
        raise FormError(f"Поле «{row.get('name', '')}»: неизвестный тип «{kind}».")
    options = tuple((str(value), str(label)) for value, label in row.get("options", ()))
    return {**row, **({"options": options} if options else {})}
