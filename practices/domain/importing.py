"""Practices of an older bank from a table: all or nothing, the same file twice changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.db import transaction

from portal.core.sheets import read_rows
from portal.core.slugs import free_slug
from portal.organisations.models import Municipality, Organisation
from portal.vocabularies.models import Tag, Term
from practices.domain.import_rows import HEADERS, OPTIONAL, REQUIRED, VOCABULARIES, ImportRow, RowReader
from practices.models import PracticeIndexPage, PracticePage
from practices.models.page import RESERVED_SLUGS
from search.text import match_key

Progress = Callable[[str, int, int], None]
PROGRESS_EVERY = 100
_STEP_TITLE = "Описание"


@dataclass
class Report:
    """What an import found, and what it did or would do."""

    rows: int = 0
    new: list[tuple[int, str]] = field(default_factory=list)
    changed: list[tuple[int, str]] = field(default_factory=list)
    unchanged: int = 0
    problems: list[tuple[int, str]] = field(default_factory=list)
    organisations: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    written: bool = False


def import_practices(file: IO[bytes], *, commit: bool, user: Any = None, progress: Progress | None = None) -> Report:
    """Read a table (JSON Lines, XLSX or CSV) and return what it adds and changes; with `commit` write and publish it.

    A row means the practice of its `external_id`. Empty cells leave what the page has; a row that was imported before
    is passed over, so what editors changed since stays. With one faulty row nothing is written. `progress` is called
    with a stage, a number done and the total (0 while unknown). Raises SheetError for a file that is no such table.
    """
    tell = progress or (lambda stage, done, total: None)
    with transaction.atomic():
        plan = _Plan()
        for row in read_rows(file, required=REQUIRED, optional=OPTIONAL, aliases=HEADERS):
            plan.add(plan.reader.read(row))
            if plan.report.rows % PROGRESS_EVERY == 0:
                tell("прочитано", plan.report.rows, 0)
        tell("прочитано", plan.report.rows, plan.report.rows)
        if commit and not plan.report.problems:
            plan.write(user, tell)
    return plan.report


class _Plan:
    """The bank beside the rows read so far."""

    def __init__(self) -> None:
        self.reader = RowReader()
        self.report = Report()
        self._section = PracticeIndexPage.objects.first()
        self._pages = {
            page.external_id: page
            for page in PracticePage.objects.exclude(external_id=None).only(
                "external_id", "imported_digest", "live", "has_unpublished_changes", "title", "path", "depth"
            )
        }
        self._organisations: dict[tuple[int | None, str], Organisation | None] = {}
        for organisation in Organisation.objects.all():
            for name in (organisation.short_name, organisation.name):
                self._organisations[organisation.municipality_id, match_key(name)] = organisation
        self._tag_keys = set(Tag.objects.values_list("name_match", flat=True)) | set(
            Tag.objects.exclude(aliases=None).values_list("aliases__name_match", flat=True)
        )
        self._rows: dict[str, int] = {}
        self._work: list[ImportRow] = []

    def add(self, row: ImportRow) -> None:
        """Take a row into the plan, or its problems into the report."""
        self.report.rows += 1
        problems = [*row.problems, *self._doubts(row)]
        if problems:
            self.report.problems.extend((row.number, problem) for problem in problems)
            return
        self._rows[row.external_id] = row.number
        page = self._pages.get(row.external_id)
        if page is not None and page.imported_digest == row.digest:
            self.report.unchanged += 1
            return
        self._plan_names(row)
        (self.report.new if page is None else self.report.changed).append((row.number, row.title))
        self._work.append(row)

    def _doubts(self, row: ImportRow) -> list[str]:
        doubts = []
        if row.external_id in self._rows:
            doubts.append(f"external_id: «{row.external_id}» уже стоит в строке {self._rows[row.external_id]}")
        page = self._pages.get(row.external_id)
        if page is not None and page.has_unpublished_changes and page.live and page.imported_digest != row.digest:
            doubts.append(f"у практики «{page.title}» есть неопубликованная правка: опубликуйте её или отмените")
        if row.organisation and self._organisation_key(row) is None:
            doubts.append(
                f"organisation: организации «{row.organisation[:80]}» нет в реестре; чтобы завести её, укажите муниципалитет"
            )
        if self._section is None:
            doubts.append("в дереве страниц нет раздела «Банк практик»: выполните setup_portal")
        return doubts

    def _organisation_key(self, row: ImportRow) -> tuple[int | None, str] | None:
        """Return the key of the row's organisation: in its municipality, else the only one of that name; None if unknown."""
        name = match_key(row.organisation)
        if row.municipality is not None:
            return row.municipality.id, name
        same = [key for key in self._organisations if key[1] == name]
        return same[0] if len(same) == 1 else None

    def _plan_names(self, row: ImportRow) -> None:
        key = self._organisation_key(row) if row.organisation else None
        if key is not None and key not in self._organisations:
            self._organisations[key] = None
            self.report.organisations.append(row.organisation)
        for name in row.tags:
            if match_key(name) not in self._tag_keys:
                self._tag_keys.add(match_key(name))
                self.report.tags.append(name)

    def write(self, user: Any, tell: Progress) -> None:
        """Create and publish, or change and publish, what was planned."""
        slugs = {*PracticePage.objects.values_list("slug", flat=True), *RESERVED_SLUGS}
        slugs.update(self._section.get_children().values_list("slug", flat=True) if self._section else ())
        for done, row in enumerate(self._work, start=1):
            try:
                self._write_row(row, user, slugs)
            except ValidationError as error:
                raise ValidationError(f"Строка {row.number}: {'; '.join(error.messages)}") from error
            if done % PROGRESS_EVERY == 0 or done == len(self._work):
                tell("записано", done, len(self._work))
        self.report.written = bool(self._work)

    def _write_row(self, row: ImportRow, user: Any, slugs: set[str]) -> None:
        known = self._pages.get(row.external_id)
        if known is None:
            page = PracticePage(external_id=row.external_id, live=False, slug=free_slug(row.title, slugs.__contains__))
            slugs.add(page.slug)
        else:
            page = PracticePage.objects.get(pk=known.pk)
            if page.has_unpublished_changes:
                page = page.get_latest_revision_as_object()
        publish = known is None or known.live
        self._fill(page, row)
        if known is None:
            assert self._section is not None
            self._section.add_child(instance=page)
        if row.tags:
            page.tags.set([self._tag(name) for name in row.tags])
        self._set_terms(page, row)
        page.full_clean()
        revision = page.save_revision(user=user, changed=True)
        if publish:
            revision.publish(user=user)
        # Beside the revision: a draft keeps what it was imported from too.
        PracticePage.objects.filter(pk=page.pk).update(imported_digest=row.digest)

    def _fill(self, page: PracticePage, row: ImportRow) -> None:
        page.title = row.title
        page.imported_digest = row.digest
        for name, target in (
            ("summary", "summary"),
            ("problem", "problem"),
            ("goal", "goal"),
            ("results", "results_summary"),
            ("replication", "replication"),
        ):
            if name in row.texts:
                setattr(page, target, row.texts[name])
        if "description" in row.texts:
            steps: Any = [("step", {"title": _STEP_TITLE, "text": row.texts["description"]})]
            page.steps = steps
        if row.published_on is not None:
            page.published_on = row.published_on
        if row.municipality is not None:
            page.municipality = Municipality.objects.get(pk=row.municipality.id)
        if row.organisation:
            page.organisation = self._organisation(row)

    def _set_terms(self, page: PracticePage, row: ImportRow) -> None:
        """Replace the values of the vocabularies that the row speaks of; the others stay."""
        spoken = {VOCABULARIES[name] for name in row.terms}
        kept = [term.pk for term in page.terms.all() if term.vocabulary not in spoken]
        wanted = [pk for ids in row.terms.values() for pk in ids]
        page.terms = list(Term.objects.filter(pk__in=[*kept, *wanted]))

    def _organisation(self, row: ImportRow) -> Organisation:
        key = self._organisation_key(row)
        assert key is not None
        found = self._organisations.get(key)
        if found is None:
            found = Organisation(name=row.organisation, short_name=row.organisation, municipality_id=key[0])
            found.full_clean()
            found.save()
            self._organisations[key] = found
        return found

    def _tag(self, name: str) -> Tag:
        return Tag.objects.get_or_create(name=name)[0]
