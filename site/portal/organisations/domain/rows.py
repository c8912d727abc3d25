"""One row of an uploaded table of organisations: what its cells mean and what is wrong with them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.core.sheets import SheetRow
from portal.core.text import single_line
from portal.organisations.choices import city_districts, find_municipality, nearest_municipality
from portal.organisations.models import Organisation
from portal.vocabularies.choices import TermChoice, terms
from portal.vocabularies.enums import Vocabulary
from search.text import match_key

REQUIRED = ("name", "municipality")
OPTIONAL = (
    "short_name",
    "kind",
    "city_district",
    "inn",
    "settlement",
    "address",
    "phone",
    "email",
    "website",
    "head_position",
    "head_name",
    "closed_on",
)
HEADERS: Mapping[str, tuple[str, ...]] = {
    "name": ("название", "полное название", "наименование"),
    "municipality": ("муниципалитет", "муниципальное образование", "район, округ"),
    "short_name": ("короткое название", "краткое название", "сокращённое название"),
    "kind": ("вид", "вид организации", "тип"),
    "city_district": ("район города",),
    "inn": ("ИНН",),
    "settlement": ("населённый пункт",),
    "address": ("адрес",),
    "phone": ("телефон",),
    "email": ("почта", "электронная почта", "e-mail"),
    "website": ("сайт",),
    "head_position": ("должность руководителя",),
    "head_name": ("руководитель", "фио руководителя", "заведующий"),
    "closed_on": ("закрыта с", "дата закрытия"),
}
REGIONAL = "областная"
_PLAIN = ("name", "short_name", "settlement", "address", "phone", "head_position", "head_name")
_FIELDS: dict[str, Any] = {field.name: field for field in Organisation._meta.fields}
_LONGEST = {name: _FIELDS[name].max_length for name in (*_PLAIN, "email", "website")}
_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


class RowReader:
    """Turns cells into values of Organisation's columns; knows the vocabularies, asks the database for nothing."""

    def __init__(self) -> None:
        self._kinds = terms(Vocabulary.ORGANISATION_KIND)
        self._kinds_by_key: dict[str, TermChoice] = {}
        for kind in self._kinds:
            for name in (kind.title, kind.label, kind.slug):
                self._kinds_by_key.setdefault(match_key(name), kind)

    def read(self, row: SheetRow) -> tuple[dict[str, object], list[str]]:
        """Return the values of the cells that are filled, by attribute, and what is wrong, in sentences."""
        values: dict[str, object] = {}
        problems: list[str] = []
        for name in _PLAIN:
            text = single_line(row.text(name))
            if len(text) > _LONGEST[name]:
                problems.append(f"{HEADERS[name][0]}: длиннее {_LONGEST[name]} знаков")
            elif text:
                values[name] = text
        if not match_key(row.text("name")):
            problems.append("не указано название")
        for read in (self._municipality, self._kind, self._inn, self._email, self._website, self._closed_on):
            try:
                values |= read(row)
            except ValidationError as error:
                problems += error.messages
        return values, problems

    def _municipality(self, row: SheetRow) -> dict[str, object]:
        asked = single_line(row.text("municipality"))
        if not asked:
            raise ValidationError(f"не указан муниципалитет; для областной организации напишите «{REGIONAL}»")
        district = single_line(row.text("city_district"))
        if match_key(asked) == match_key(REGIONAL):
            if district:
                raise ValidationError("у областной организации нет района города")
            return {"municipality_id": None}
        found = find_municipality(asked)
        if found is None:
            raise ValidationError(_unknown("муниципалитет", asked, nearest_municipality(asked)))
        if not district:
            return {"municipality_id": found.id}
        districts = city_districts(found.slug)
        known = find_municipality(district, districts)
        if known is None:
            near = nearest_municipality(district, districts)
            raise ValidationError(_unknown(f"район города ({found.short_name})", district, near))
        return {"municipality_id": found.id, "city_district_id": known.id}

    def _kind(self, row: SheetRow) -> dict[str, object]:
        asked = single_line(row.text("kind"))
        if not asked:
            return {}
        key = match_key(asked)
        kind = self._kinds_by_key.get(key)
        if kind is None:
            near = get_close_matches(key[:100], self._kinds_by_key, n=1, cutoff=0.6)
            raise ValidationError(_unknown("вид", asked, self._kinds_by_key[near[0]].label if near else ""))
        return {"kind_id": kind.id}

    def _inn(self, row: SheetRow) -> dict[str, object]:
        return _checked("inn", "".join(row.text("inn").split()), "ИНН «{}»: ")

    def _email(self, row: SheetRow) -> dict[str, object]:
        return _checked("email", row.text("email").strip(), "почта «{}»: ")

    def _website(self, row: SheetRow) -> dict[str, object]:
        text = row.text("website").strip()
        if text and "://" not in text:
            text = f"https://{text}"
        return _checked("website", text, "сайт «{}»: ")

    def _closed_on(self, row: SheetRow) -> dict[str, object]:
        value: object = row.values["closed_on"]
        if value == "":
            return {}
        day: object = value.date() if isinstance(value, dt.datetime) else value
        if isinstance(day, str):
            day = _date(day)
        if not isinstance(day, dt.date):
            raise ValidationError(f"закрыта с: «{single_line(row.text('closed_on'))[:40]}» — не дата вида 31.12.2021")
        if day > timezone.localdate():
            raise ValidationError(f"закрыта с: {day:%d.%m.%Y} ещё не наступило")
        return {"closed_on": day}


def _date(text: str) -> dt.date | None:
    match = _DATE.fullmatch(text.strip())
    try:
        if match:
            return dt.date(int(match[3]), int(match[2]), int(match[1]))
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        return None


def _checked(name: str, text: str, prefix: str) -> dict[str, object]:
    """Return the value when the field's own validators take it."""
    if not text:
        return {}
    try:
        _FIELDS[name].run_validators(text)
    except ValidationError as error:
        raise ValidationError(
            [prefix.format(text[:60]) + _lower_first(message) for message in error.messages]
        ) from error
    return {name: text}


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:].rstrip(".") if not text.startswith("ИНН") else text.rstrip(".")


def _unknown(what: str, asked: str, near: str) -> str:
    return f"{what}: неизвестно «{asked[:60]}»" + (f" (возможно, «{near}»)" if near else "")
