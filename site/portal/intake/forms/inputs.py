"""Form fields of single answers. A draft is held to the kind of an answer and its maximum alone; nothing is required.

Texts are plain: controls, bidi marks and zero-width characters go, markup is text like any other (SAFETY «Input»).
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator

from portal.core.listing import plural
from portal.core.text import normalise_text, single_line
from portal.intake.enums import FieldType
from portal.intake.forms.choices import Choice
from portal.intake.forms.completeness import too_much
from portal.intake.forms.rows import RowsInput, RowsWidget
from portal.intake.forms.spec import Field
from portal.vocabularies.choices import tags

LONGEST_TYPED = 100_000  # signs of one answer that are kept as typed; what is longer is refused in words
_MONTH = re.compile(r"^(?P<year>\d{4})-(?P<month>0?[1-9]|1[0-2])$|^(?P<month2>0?[1-9]|1[0-2])[./ ](?P<year2>\d{4})$")
_DAY = re.compile(r"^(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})$")
_PHONE = re.compile(r"^\+?[\d\s()\-]{5,}$")
LONG_LIST = 12  # choices from which a list opens when asked for
_MOST_OF_NUMBER = 1e12
_EMAIL = EmailValidator("В адресе опечатка: нужен вид имя@сайт.ру.")
_URL = URLValidator(schemes=["http", "https"], message="Нужна ссылка целиком: начните с https://.")


class TopicsWidget(forms.Widget):
    """Several short lines, each with suggestions of what is known."""

    template_name = "intake/widgets/topics.html"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        return data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        values = list(value or [])
        lines = max(int(self.attrs.get("lines", 5)), len(values))
        context["lines"] = [*values, *[""] * (lines - len(values))]
        context["known"] = [tag.name for tag in tags()]
        return context


class ChoicesWidget(forms.CheckboxSelectMultiple):
    """Boxes to tick under the headings of their groups."""

    template_name = "intake/widgets/choices.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        options = [option for _group, found, _index in context["widget"]["optgroups"] for option in found]
        context["is_long"] = len(options) > LONG_LIST
        context["count"] = len(options)
        context["chosen"] = [option["label"] for option in options if option["selected"]]
        return context


def clean_answer(kind: str, raw: Any, most: int | None, choices: list[Choice]) -> Any:
    """Return one answer of `kind` as a plain JSON value. Raises ValidationError with words for the person."""
    if kind == FieldType.CHECKBOX:
        return bool(raw) and raw not in ("false", "False", "0")
    if kind in {FieldType.MULTISELECT, FieldType.TAGS}:
        return _several(kind, raw, most, choices)
    text = str(raw or "")
    if len(text) > LONGEST_TYPED:
        raise ValidationError(f"Слишком длинно: {len(text)} знаков. Сократите, целиком такой текст не сохраняем.")
    text = normalise_text(text) if kind == FieldType.TEXTAREA else single_line(text)
    if kind == FieldType.SELECT:
        return _known([text], choices)[0] if text else ""
    if text and kind in _READ:
        return _READ[kind](text)
    if most is not None and len(text) > most:
        raise ValidationError(too_much(kind, most, len(text)))
    if text and kind in _HELD_TO:
        _HELD_TO[kind](text)
    return None if kind == FieldType.NUMBER else text


def _several(kind: str, raw: Any, most: int | None, choices: list[Choice]) -> list[str]:
    values = [str(one) for one in (raw if isinstance(raw, (list, tuple)) else [raw]) if one]
    if len("".join(values)) > LONGEST_TYPED:
        raise ValidationError("Слишком длинно. Целиком такой ответ не сохраняем.")
    if kind == FieldType.TAGS:
        values = [name for value in values for part in re.split(r"[;\n]", value) if (name := single_line(part))]
        if long := next((name for name in values if len(name) > 100), ""):
            raise ValidationError(f"Тема короче: не больше 100 знаков, в «{long[:30]}…» {len(long)}.")
        values = list({name.casefold(): name for name in values}.values())
    else:
        values = _known(list(dict.fromkeys(values)), choices)
    if most is not None and len(values) > most:
        raise ValidationError(
            f"Отметьте не больше {most}, сейчас {len(values)}."
            if kind == FieldType.MULTISELECT
            else too_much(kind, most, len(values))
        )
    return values


def _known(values: list[str], choices: list[Choice]) -> list[str]:
    known = {choice.value for choice in choices}
    if any(value not in known for value in values):
        raise ValidationError("Такого значения в списке нет. Выберите из списка.")
    return values


def _number(text: str) -> float | int:
    try:
        number = float(text.replace(" ", "").replace(",", ".").rstrip("%"))
    except ValueError:
        number = math.nan
    if not math.isfinite(number) or abs(number) > _MOST_OF_NUMBER:
        raise ValidationError("Нужно число: 18 или 4,5. Единицу напишите в своём поле.")
    return int(number) if number == int(number) else number


def _month(text: str) -> str:
    found = _MONTH.match(text)
    if not found:
        raise ValidationError("Нужны месяц и год: 09.2024.")
    year, month = found["year"] or found["year2"], found["month"] or found["month2"]
    if not 1950 <= int(year) <= 2100:
        raise ValidationError("Проверьте год: четыре цифры, например 2024.")
    return f"{year}-{int(month):02}"


def _date(text: str) -> str:
    found = _DAY.match(text)
    try:
        day = (
            dt.date(int(found["year"]), int(found["month"]), int(found["day"]))
            if found
            else dt.date.fromisoformat(text)
        )
    except ValueError:
        raise ValidationError("Нужна дата: 05.09.2024.") from None
    return day.isoformat()


def _phone(text: str) -> None:
    if not _PHONE.match(text):
        raise ValidationError("Телефон — цифрами: +7 900 000-00-00.")


_READ: dict[str, Callable[[str], Any]] = {
    FieldType.NUMBER: _number,
    FieldType.MONTH: _month,
    FieldType.DATE: _date,
}
_HELD_TO: dict[str, Callable[[str], Any]] = {FieldType.EMAIL: _EMAIL, FieldType.URL: _URL, FieldType.PHONE: _phone}
_INPUT_TYPES = {
    FieldType.EMAIL: "email",
    FieldType.URL: "url",
    FieldType.PHONE: "tel",
    FieldType.MONTH: "month",
    FieldType.DATE: "date",
}
_AUTOCOMPLETE = {FieldType.EMAIL: "email", FieldType.PHONE: "tel"}
LONG_TEXT = 700  # signs from which a text gets a taller box


def text_attrs(kind: str, most: int | None) -> dict[str, Any]:
    """Return the attributes of an input that help typing; the limit is counted beside it, never cut off."""
    attrs: dict[str, Any] = {}
    if kind == FieldType.NUMBER:
        attrs["inputmode"] = "decimal"
    if kind == FieldType.TEXTAREA:
        attrs["rows"] = 9 if (most or 0) > LONG_TEXT else 4
    if kind in {FieldType.TEXT, FieldType.TEXTAREA} and most:
        attrs["data-most"] = most
    return attrs


def _widget(field: Field) -> forms.Widget:
    kind = FieldType(field.type)
    if kind == FieldType.TEXTAREA:
        return forms.Textarea(attrs=text_attrs(kind, field.at_most))
    if kind == FieldType.CHECKBOX:
        return forms.CheckboxInput()
    if kind == FieldType.SELECT:
        return forms.Select(choices=[("", "Не выбрано"), *((one.value, one.label) for one in field.choices)])
    if kind == FieldType.MULTISELECT:
        return ChoicesWidget(choices=_grouped(field.choices))
    if kind == FieldType.TAGS:
        return TopicsWidget(attrs={"lines": field.at_most or 5})
    widget = forms.TextInput(attrs=text_attrs(kind, field.at_most))
    widget.input_type = _INPUT_TYPES.get(kind, "text")
    return widget


def _grouped(choices: list[Choice]) -> list[tuple[str, Any]]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for one in choices:
        groups.setdefault(one.group, []).append((one.value, one.label))
    return [pair for name, pairs in groups.items() for pair in ([(name, pairs)] if name else pairs)]


class AnswerInput(forms.Field):
    """The input of one answer; `question` is the field of the form's specification."""

    criterion = panel = ""  # what the page says beside the input: the criterion it feeds, another version of the answer
    link: tuple[str, str] | None = None  # address and words of a text to read before answering

    def __init__(self, question: Field) -> None:
        self.question = question
        super().__init__(
            required=False,
            label=question.label,
            help_text=question.help,
            widget=_widget(question),
            template_name="intake/components/field.html",
        )

    def clean(self, value: Any) -> Any:
        return clean_answer(self.question.type, value, self.question.at_most, self.question.choices)

    @property
    def said_limits(self) -> str:
        """The limits of a list or of a text in words, blank without any."""
        least, most = self.question.at_least, self.question.at_most
        if most is None or self.question.type not in {FieldType.TEXT, FieldType.TEXTAREA}:
            return ""
        return f"{least}–{most} знаков" if least else f"до {most} {plural(most, 'знака', 'знаков', 'знаков')}"


class RowsAnswerInput(AnswerInput):
    """The input of a table: good cells are kept even where others are not understood (`partial`)."""

    def __init__(self, question: Field) -> None:
        super().__init__(question)
        self.widget = RowsWidget(question)
        self.partial: list[dict[str, Any]] = []

    def clean(self, value: RowsInput) -> list[dict[str, Any]]:
        """Return the rows that say something. Raises ValidationError naming the first cell that is not understood."""
        self.partial = []
        faults: dict[tuple[str, str], str] = {}
        for raw in value:
            row, wrong = self._row(raw)
            if wrong or any(cell not in ("", None) for cell in row.values()):
                self.partial.append({"id": raw["id"], **row})
                faults |= {(raw["id"], name): words for name, words in wrong.items()}
        self.widget.faults = faults
        most = self.question.at_most
        if most is not None and len(self.partial) > most:
            raise ValidationError(too_much(FieldType.ROWS, most, len(self.partial)))
        if faults:
            (row_id, name), words = next(iter(faults.items()))
            number = next(n for n, row in enumerate(self.partial, start=1) if row["id"] == row_id)
            label = next(column.label for column in self.question.columns if column.name == name)
            where = f"{self.question.row_label.capitalize()} {number}, «{label}»"
            raise ValidationError(f"{where}: {words[0].lower()}{words[1:]}")
        return self.partial

    def _row(self, raw: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
        cells: dict[str, Any] = {}
        wrong: dict[str, str] = {}
        for column in self.question.columns:
            try:
                cells[column.name] = clean_answer(column.type, raw.get(column.name), column.at_most, column.choices)
            except ValidationError as error:
                cells[column.name], wrong[column.name] = column.blank, error.messages[0]
        return cells, wrong


def input_of(question: Field) -> AnswerInput:
    """Return the form field of a question."""
    return RowsAnswerInput(question) if question.type == FieldType.ROWS else AnswerInput(question)
