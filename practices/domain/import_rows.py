"""One row of an imported table: its values in the bank's own words, or what is wrong with it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from django.utils import timezone

from portal.core.sheets import SheetRow
from portal.core.text import single_line
from portal.organisations.choices import MunicipalityChoice, find_municipality, nearest_municipality
from portal.vocabularies.choices import TermChoice, terms
from portal.vocabularies.enums import Vocabulary
from search.text import match_key

REQUIRED = ("external_id", "title")
OPTIONAL = (
    "summary", "problem", "goal", "description", "results", "replication", "area", "ages", "quality_areas", "kinds",
    "tags", "municipality", "organisation", "published_on",
)  # fmt: skip
HEADERS: Mapping[str, tuple[str, ...]] = {
    "external_id": ("external_id", "Номер"),
    "title": ("title", "Название"),
    "summary": ("summary", "Кратко"),
    "problem": ("problem", "Проблема"),
    "goal": ("goal", "Цель"),
    "description": ("description", "Описание"),
    "results": ("results", "Результаты"),
    "replication": ("replication", "Как повторить"),
    "area": ("area", "Образовательная область", "areas"),
    "ages": ("ages", "Возраст"),
    "quality_areas": ("quality_areas", "Области качества"),
    "kinds": ("kinds", "Вид практики"),
    "tags": ("tags", "Темы"),
    "municipality": ("municipality", "Муниципалитет"),
    "organisation": ("organisation", "Организация"),
    "published_on": ("published_on", "Дата публикации"),
}
VOCABULARIES = {
    "area": Vocabulary.AREA,
    "ages": Vocabulary.AGE,
    "quality_areas": Vocabulary.QUALITY_AREA,
    "kinds": Vocabulary.KIND,
}
TEXTS = ("summary", "problem", "goal", "description", "results", "replication")
LONGEST_TEXT = 20_000
LONGEST_TITLE = 255
LONGEST_NUMBER = 80
LONGEST_TAG = 100
LONGEST_NAME = 200
MOST_TAGS = 20
_DATE_FORMATS = ("%Y-%m-%d", "%d.%m.%Y")


@dataclass
class ImportRow:
    """What a row says; values that its cells leave empty are absent."""

    number: int
    external_id: str
    title: str
    texts: dict[str, str] = field(default_factory=dict)
    terms: dict[str, list[int]] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)
    municipality: MunicipalityChoice | None = None
    organisation: str = ""
    published_on: dt.date | None = None
    problems: list[str] = field(default_factory=list)

    @property
    def digest(self) -> str:
        """Return what tells this row from another edition of it."""
        place = self.municipality.slug if self.municipality else ""
        said: list[Any] = [self.title, self.texts, self.terms, self.tags, place, self.organisation]
        said.append(self.published_on.isoformat() if self.published_on else "")
        return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


class RowReader:
    """Reads rows against the dictionaries of now."""

    def __init__(self) -> None:
        self._known: dict[str, dict[str, TermChoice]] = {
            name: _keys(terms(vocabulary)) for name, vocabulary in VOCABULARIES.items()
        }

    def read(self, row: SheetRow) -> ImportRow:
        """Return the row's values; everything wrong is in its `problems`."""
        result = ImportRow(row.number, single_line(row.text("external_id")), single_line(row.text("title")))
        self._read_names(result)
        for name in TEXTS:
            self._read_text(result, name, row)
        for name in VOCABULARIES:
            self._read_terms(result, name, row.items(name))
        self._read_tags(result, row.items("tags"))
        self._read_place(result, single_line(row.text("municipality")), single_line(row.text("organisation")))
        self._read_date(result, row.text("published_on"))
        return result

    def _read_names(self, result: ImportRow) -> None:
        for name, value, longest in (
            ("external_id", result.external_id, LONGEST_NUMBER),
            ("title", result.title, LONGEST_TITLE),
        ):
            if not value:
                result.problems.append(f"{name}: пусто")
            elif len(value) > longest:
                result.problems.append(f"{name}: длиннее {longest} знаков")
        if result.title and not match_key(result.title):
            result.problems.append("title: в названии нет ни букв, ни цифр")

    def _read_text(self, result: ImportRow, name: str, row: SheetRow) -> None:
        value = row.values[name]
        text = "\n".join(str(part) for part in value) if isinstance(value, list) else row.text(name)
        if len(text) > LONGEST_TEXT:
            result.problems.append(f"{name}: длиннее {LONGEST_TEXT} знаков")
        elif isinstance(value, bool | int | float | dt.date):
            result.problems.append(f"{name}: ожидается текст, а стоит «{text}»")
        elif text:
            result.texts[name] = text

    def _read_terms(self, result: ImportRow, name: str, values: Iterable[str]) -> None:
        known = self._known[name]
        for value in values:
            found = known.get(match_key(value)) or known.get(value)
            if found is None:
                near = get_close_matches(match_key(value)[:200], known, n=1, cutoff=0.5)
                hint = f"; ближайшее известное: «{known[near[0]].title}»" if near else ""
                result.problems.append(f"{name}: неизвестное значение «{value[:80]}»{hint}")
            elif found.id not in result.terms.setdefault(name, []):
                result.terms[name].append(found.id)

    def _read_tags(self, result: ImportRow, values: Iterable[str]) -> None:
        names = list(dict.fromkeys(single_line(value) for value in values))
        if len(names) > MOST_TAGS:
            result.problems.append(f"tags: больше {MOST_TAGS} тем")
        for name in names[:MOST_TAGS]:
            if len(name) > LONGEST_TAG or not match_key(name):
                result.problems.append(f"tags: не годится в темы «{name[:80]}»")
            else:
                result.tags.append(name)

    def _read_place(self, result: ImportRow, municipality: str, organisation: str) -> None:
        if municipality:
            result.municipality = find_municipality(municipality)
            if result.municipality is None:
                near = nearest_municipality(municipality)
                hint = f"; ближайший известный: «{near}»" if near else ""
                result.problems.append(f"municipality: неизвестный муниципалитет «{municipality[:80]}»{hint}")
        if len(organisation) > LONGEST_NAME:
            result.problems.append(f"organisation: длиннее {LONGEST_NAME} знаков")
        elif organisation and not match_key(organisation):
            result.problems.append(f"organisation: в названии нет ни букв, ни цифр: «{organisation}»")
        else:
            result.organisation = organisation

    def _read_date(self, result: ImportRow, text: str) -> None:
        if not text:
            return
        day = _date(text)
        if day is None:
            result.problems.append(f"published_on: не дата «{text[:40]}», нужна 2022-04-11 или 11.04.2022")
        elif not dt.date(1990, 1, 1) <= day <= timezone.localdate():
            result.problems.append(f"published_on: дата {day:%d.%m.%Y} вне разумных границ")
        else:
            result.published_on = day


def _date(text: str) -> dt.date | None:
    for style in _DATE_FORMATS:
        try:
            return dt.datetime.strptime(text.strip(), style).date()
        except ValueError:
            continue
    return None


def _keys(choices: Iterable[TermChoice]) -> dict[str, TermChoice]:
    """Return values by every spelling people use: title, short title, slug; a full title wins over a short one."""
    known: dict[str, TermChoice] = {}
    for choice in choices:
        for spelling in (choice.title, choice.slug):
            known.setdefault(match_key(spelling), choice)
        known.setdefault(choice.slug, choice)
    for choice in choices:
        known.setdefault(match_key(choice.label), choice)
    return known
