"""Organisations from a table: a dry run that names every row and reason, then all of it or nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from typing import IO, Any

from django.db import transaction
from wagtail.log_actions import log

from portal.core import versions
from portal.core.sheets import read_rows
from portal.organisations.choices import municipalities
from portal.organisations.domain.rows import HEADERS, OPTIONAL, REQUIRED, RowReader
from portal.organisations.models import Municipality, Organisation
from portal.vocabularies.choices import terms
from portal.vocabularies.enums import Vocabulary
from search.text import match_key

IMPORTED = "organisations.import"
PROGRESS_EVERY = 200
_TITLES = {
    "municipality_id": HEADERS["municipality"][0],
    "city_district_id": HEADERS["city_district"][0],
    "kind_id": HEADERS["kind"][0],
}
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Refusal:
    """A row that cannot be loaded, and why."""

    row: int
    name: str
    reasons: list[str]


@dataclass(frozen=True)
class Difference:
    """A row that adds an organisation (`fields` empty) or changes one: (column, было, стало)."""

    row: int
    name: str
    fields: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass
class Report:
    """What a table would do, or has done."""

    new: list[Difference] = field(default_factory=list)
    changed: list[Difference] = field(default_factory=list)
    unchanged: int = 0
    refused: list[Refusal] = field(default_factory=list)
    rows: int = 0
    written: bool = False

    @property
    def can_be_written(self) -> bool:
        """Whether the table may be loaded: no refused row, and something to write."""
        return not self.refused and bool(self.new or self.changed)

    def as_json(self) -> dict[str, Any]:
        """The report as plain data."""
        return asdict(self)


def import_organisations(
    file: IO[bytes], *, commit: bool, actor: Any = None, progress: Progress | None = None
) -> Report:
    """Read a table (XLSX, CSV or JSON Lines) and return what it adds and changes; with `commit` write it.

    A row means the organisation with its ИНН, else the one of this name in this municipality. Empty cells leave what
    the registry has. With a refused row nothing is written; the same table twice changes nothing the second time.
    `progress` is called with the number of rows read. Raises SheetError for a file that is no such table.
    """
    with transaction.atomic():
        plan = _Plan(Organisation.objects.select_for_update() if commit else Organisation.objects.all())
        for count, row in enumerate(read_rows(file, required=REQUIRED, optional=OPTIONAL, aliases=HEADERS), start=1):
            plan.add(row.number, *plan.reader.read(row))
            plan.report.rows = count
            if progress and count % PROGRESS_EVERY == 0:
                progress(count)
        if commit and plan.report.can_be_written:
            plan.write(actor)
    if progress:
        progress(plan.report.rows)
    return plan.report


class _Plan:
    """The registry in memory beside the rows read so far."""

    def __init__(self, registry: Iterable[Organisation]) -> None:
        self.reader = RowReader()
        self.report = Report()
        self._by_inn: dict[str, Organisation] = {}
        self._by_name: dict[tuple[int | None, str], Organisation] = {}
        self._slugs: set[str] = set()
        self._rows_by_organisation: dict[int, int] = {}
        self._to_add: list[Organisation] = []
        self._to_save: list[tuple[Organisation, list[str]]] = []
        self._municipalities = {row.pk: row for row in Municipality.objects.all()}
        self._labels = {("kind_id", term.id): term.label for term in terms(Vocabulary.ORGANISATION_KIND)}
        self._labels |= {("municipality_id", row.id): row.short_name for row in municipalities()}
        self._labels |= {("city_district_id", row.pk): row.short_name for row in self._municipalities.values()}
        for organisation in registry:
            self._know(organisation)

    def _know(self, organisation: Organisation) -> None:
        self._slugs.add(organisation.slug)
        if organisation.inn:
            self._by_inn[organisation.inn] = organisation
        self._by_name[organisation.municipality_id, match_key(organisation.name)] = organisation

    def add(self, number: int, values: dict[str, object], problems: list[str]) -> None:
        """Take one row into the plan, or refuse it."""
        name = str(values.get("name", ""))[:120]
        found, doubts = (None, []) if problems else self._find(values)
        problems = problems or doubts
        if found is not None and not problems:
            first = self._rows_by_organisation.get(id(found))
            if first is not None:
                problems = [f"та же организация уже стоит в строке {first}"]
        if problems:
            self.report.refused.append(Refusal(number, name, problems))
        elif found is None:
            self._add_new(number, values)
        else:
            self._rows_by_organisation[id(found)] = number
            self._change(number, found, values)

    def _find(self, values: dict[str, object]) -> tuple[Organisation | None, list[str]]:
        municipality_id, inn = values["municipality_id"], str(values.get("inn", ""))
        by_name = self._by_name.get((municipality_id, match_key(str(values["name"]))))  # type: ignore[arg-type]
        by_inn = self._by_inn.get(inn) if inn else None
        if by_inn is not None and by_name is not None and by_inn is not by_name:
            return None, [f"ИНН {inn} принадлежит другой организации: «{by_inn}»"]
        if by_inn is None and by_name is not None and inn and by_name.inn:
            return None, [f"у этой организации в реестре другой ИНН: {by_name.inn}"]
        return by_inn or by_name, []

    def _add_new(self, number: int, values: dict[str, object]) -> None:
        organisation = Organisation(**{"short_name": str(values["name"])[:200], **values})
        organisation.municipality = self._municipalities.get(organisation.municipality_id)  # type: ignore[arg-type]
        organisation.slug = organisation.free_slug(self._slugs.__contains__)
        self._know(organisation)
        self._rows_by_organisation[id(organisation)] = number
        self._to_add.append(organisation)
        self.report.new.append(Difference(number, organisation.name))

    def _change(self, number: int, organisation: Organisation, values: dict[str, object]) -> None:
        if "municipality_id" in values and values["municipality_id"] != organisation.municipality_id:
            values.setdefault("city_district_id", None)  # a district of the former city fits no more
        before = {name: getattr(organisation, name) for name in values}
        changed = [name for name in values if values[name] != before[name]]
        if not changed:
            self.report.unchanged += 1
            return
        old_name = organisation.name
        for name in changed:
            setattr(organisation, name, values[name])
        self._know(organisation)
        self._to_save.append((organisation, changed))
        fields = [
            (self._title(name), self._shown(name, before[name]), self._shown(name, values[name])) for name in changed
        ]
        self.report.changed.append(Difference(number, old_name, fields))

    @staticmethod
    def _title(name: str) -> str:
        return _TITLES.get(name) or HEADERS[name][0]

    def _shown(self, name: str, value: object) -> str:
        if isinstance(value, dt.date):
            return f"{value:%d.%m.%Y}"
        if name.endswith("_id"):
            return self._labels.get((name, value), "") if isinstance(value, int) else ""
        return str(value or "")

    def write(self, actor: Any) -> None:
        """Write the plan; the caller holds the transaction."""
        for organisation in Organisation.objects.bulk_create(self._to_add, batch_size=500):
            log(organisation, "wagtail.create", user=actor)
        for organisation, changed in self._to_save:
            organisation.save()
            log(organisation, IMPORTED, user=actor, data={"fields": [self._title(name) for name in changed]})
        versions.bump()
        self.report.written = True
