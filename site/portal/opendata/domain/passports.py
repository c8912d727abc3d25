"""Passports of the sets: title, owner, fields with meanings, date, licence, version of the structure.

The composition follows the habit of Russian open data (Методические рекомендации по публикации открытых данных, 3.0):
a passport and a structure beside the data, a registry of sets above them, all readable by programs.
"""

from __future__ import annotations

import datetime as dt
import functools
from dataclasses import dataclass
from pathlib import Path

import yaml
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from portal.core import context, versions
from portal.core.exports import Column
from portal.core.publicity import last_change
from portal.opendata.domain.rows import SOURCES, Source

REFERENCE = Path(__file__).parents[1] / "reference" / "sets.yaml"
FORMATS = ("csv", "json", "xlsx")
LICENCE = "Свободное использование с обязательной ссылкой на портал"
LICENCE_URL = "/terms/"
SCHEDULE = "При каждой публикации на портале"
KINDS = {"text": "строка", "number": "число", "date": "дата", "datetime": "дата и время", "url": "ссылка"}


@dataclass(frozen=True)
class Field:
    """A field of a set: its name in JSON, title in tables, type, meaning."""

    key: str
    title: str
    kind: str
    meaning: str


@dataclass(frozen=True)
class DataSet:
    """A set of open data."""

    slug: str
    title: str
    description: str
    version: str
    keywords: tuple[str, ...]
    page: str
    fields: tuple[Field, ...]

    @property
    def source(self) -> Source:
        """Columns and rows of the set."""
        return SOURCES[self.slug]

    def url(self, fmt: str) -> str:
        """The path of the data in a format."""
        return reverse("opendata_file", args=[self.slug, fmt])

    def passport(self) -> dict[str, str]:
        """Return the passport as pairs of property and value, in the order in which people read it."""
        portal = context.portal_settings.get()
        site = settings.SITE_URL
        return {
            "identifier": self.slug,
            "title": self.title,
            "description": self.description,
            "owner": portal.operator_name or f"{portal.portal_name}, {portal.region_name}",
            "contact": portal.operator_email or f"{site}{reverse('feedback')}",
            "modified": modified().isoformat(),
            "actuality": SCHEDULE,
            "licence": LICENCE,
            "licence_url": site + LICENCE_URL,
            "schema_version": self.version,
            "keywords": "; ".join(self.keywords),
            "language": "ru",
            "page": site + self.page,
            "structure": site + reverse("opendata_structure", args=[self.slug, "csv"]),
            **{f"data_{fmt}": site + self.url(fmt) for fmt in FORMATS},
        }


TITLES = {
    "identifier": "Идентификатор",
    "title": "Наименование набора",
    "description": "Описание",
    "owner": "Владелец",
    "contact": "Как связаться",
    "modified": "Дата последнего изменения",
    "actuality": "Когда обновляется",
    "licence": "Условия использования",
    "licence_url": "Условия полностью",
    "schema_version": "Версия структуры",
    "keywords": "Ключевые слова",
    "language": "Язык",
    "page": "Раздел портала",
    "structure": "Описание структуры",
    "data_csv": "Данные, CSV",
    "data_json": "Данные, JSON",
    "data_xlsx": "Данные, XLSX",
}


def modified() -> dt.date:
    """Return the day on which anything public last changed; today where nothing was published yet."""
    changed = versions.cached("opendata-modified", lambda: last_change() or "")
    return timezone.localdate(changed) if isinstance(changed, dt.datetime) else timezone.localdate()


@functools.cache
def data_sets() -> dict[str, DataSet]:
    """Return the sets by their codes, in the order of the page."""
    return {row["slug"]: _data_set(row) for row in yaml.safe_load(REFERENCE.read_text(encoding="utf-8"))}


def _data_set(row: dict) -> DataSet:
    columns = SOURCES[row["slug"]].columns
    return DataSet(
        slug=row["slug"],
        title=row["title"],
        description=row["description"],
        version=row["version"],
        keywords=tuple(row["keywords"]),
        page=row["page"],
        fields=tuple(_field(column, row["fields"][column.key]) for column in columns),
    )


def _field(column: Column, meaning: str) -> Field:
    return Field(column.key, column.title, KINDS[column.kind], meaning)
