"""What a form still lacks before it can be sent, in words that say what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from portal.core.listing import plural
from portal.intake.enums import FieldType
from portal.intake.forms.conditions import holds, is_filled
from portal.intake.forms.spec import Column, Field, FormSpec, Missing

_TEXTS = {FieldType.TEXT, FieldType.TEXTAREA, FieldType.EMAIL, FieldType.PHONE, FieldType.URL}
_EMPTY = {
    FieldType.SELECT: "Выберите значение.",
    FieldType.MULTISELECT: "Отметьте хотя бы одно.",
    FieldType.TAGS: "Назовите темы.",
    FieldType.CHECKBOX: "Нужна отметка.",
    FieldType.ROWS: "Добавьте строки.",
    FieldType.FILES: "Добавьте файл.",
    FieldType.CONSENTS: "Нужно согласие.",
    FieldType.MONTH: "Укажите месяц и год.",
    FieldType.DATE: "Укажите дату.",
}


def is_required(field: Field, answers: Mapping[str, Any]) -> bool:
    """Tell whether the field must be answered, given the other answers."""
    return field.required or (field.required_when is not None and holds(field.required_when, answers))


def missing_in(spec: FormSpec, answers: Mapping[str, Any], typed: Mapping[str, Any]) -> list[Missing]:
    """Return what keeps the form from being sent, in the order of its fields; `typed` is what was not accepted."""
    found: dict[str, list[str]] = {field.name: list(_lacks(field, answers, typed)) for field in spec.fields}
    for check in spec.checks:
        for name, words in check(answers):
            if not found[name]:
                found[name].append(words)
    return [
        Missing(step, field, words) for step in spec.steps for field in step.fields for words in found[field.name][:1]
    ]


def _lacks(field: Field, answers: Mapping[str, Any], typed: Mapping[str, Any]) -> Iterator[str]:
    if field.name in typed:
        yield str(typed[field.name]["words"])
        return
    answer = answers.get(field.name, field.blank)
    if not is_filled(answer):
        if is_required(field, answers):
            yield _EMPTY.get(FieldType(field.type), "Заполните поле.")
        return
    yield from _short(field.type, answer, field.at_least, field.at_most)
    if field.type == FieldType.ROWS:
        yield from _rows(field, answer)


def _short(kind: str, answer: Any, least: int, most: int | None) -> Iterator[str]:
    """Say what is too little or too much of a text, of rows or of chosen values."""
    if kind in _TEXTS:
        length = text_length(answer)
        if length < least:
            yield f"Нужно не меньше {least} {_signs(least)}, сейчас {length}."
    elif isinstance(answer, list):
        forms = ("строки", "строк", "строк") if kind == FieldType.ROWS else ("значения", "значений", "значений")
        if len(answer) < least:
            yield f"Нужно не меньше {least} {plural(least, *forms)}, сейчас {len(answer)}."
    if most is not None and (text_length(answer) if kind in _TEXTS else _count(answer)) > most:
        yield too_much(kind, most, text_length(answer) if kind in _TEXTS else _count(answer))


def _count(answer: Any) -> int:
    return len(answer) if isinstance(answer, list) else 0


def text_length(text: Any) -> int:
    """Return the length of a text as it is limited: a line end counts as one sign."""
    return len(str(text).replace("\r\n", "\n"))


def too_much(kind: str, most: int, now: int) -> str:
    """Return the words for a limit that has been passed."""
    if kind == FieldType.ROWS:
        return f"Не больше {most} {plural(most, 'строки', 'строк', 'строк')}, сейчас {now}."
    if kind in {FieldType.MULTISELECT, FieldType.TAGS, FieldType.FILES}:
        return f"Не больше {most}, сейчас {now}."
    return f"Не больше {most} {_signs(most)}, сейчас {now}."


def _signs(number: int) -> str:
    return plural(number, "знака", "знаков", "знаков")


def _rows(field: Field, rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for number, row in enumerate(rows, start=1):
        for column in field.columns:
            if words := _cell(column, row.get(column.name)):
                where = f"{field.row_label.capitalize()} {number}"
                yield f"{where}, «{column.label}»: {words[0].lower()}{words[1:]}"


def _cell(column: Column, value: Any) -> str:
    if not is_filled(value):
        return "Заполните." if column.required else ""
    return next(_short(column.type, value, column.at_least, column.at_most), "")
