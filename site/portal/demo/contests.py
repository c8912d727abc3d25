"""Contests of the demonstration: the archive, and this year's, dated so that one is open on any day of loading."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from contests.models import (
    ContestIndexPage,
    ContestNomination,
    ContestPage,
    ContestResult,
    ContestSeries,
    ContestStage,
)
from portal.core.slugs import latin_slug
from portal.demo import content, papers, pictures
from portal.demo.evidence import ARCHIVE, current_plan_slug, prove
from portal.demo.ledger import Ledger
from portal.demo.organisations import find_organisation
from portal.demo.practices import EXTERNAL_PREFIX
from portal.demo.publishing import publish
from portal.demo.storage import store_document
from portal.organisations.models import Organisation
from portal.vocabularies.enums import Vocabulary
from portal.vocabularies.models import Term
from practices.models import PracticePage

EMAIL = "konkurs@example.org"
CEREMONY = (dt.time(10), dt.time(14))  # a stage of one day
WHOLE_DAYS = (dt.time(0), dt.time(23, 59, 59))
_TEXTS = ("purpose", "founder", "who", "quota", "jury", "next_stage")
_LINES = ("organisers", "conditions", "awards")
_HOW_TO_ENTER = (
    "Заявку с материалами отправьте письмом в оргкомитет до последнего дня приёма.\n"
    "- скачайте форму заявки в разделе «Документы» этой страницы\n"
    "- приложите документы из списка «Что приложить»\n"
    "- в теме письма назовите конкурс, номинацию и организацию"
)


def load_contests(ledger: Ledger, *, cover_width: int) -> Iterator[str]:
    """Publish the contests that were never loaded; yield a line for each remark."""
    rows = content.read("contests")
    due = [row for row in rows if ledger.is_due(f"contest:{row['key']}")]
    if not due:
        return
    section = ContestIndexPage.objects.get()
    texts = {text["slug"]: text for text in content.read("contest_texts")}
    covers = drawings(due)
    drawn = {drawing.key: jpeg for drawing, jpeg in pictures.draw(covers.values(), width=cover_width)}
    for row in due:
        with ledger.unit(f"contest:{row['key']}"):
            cover = covers[row["key"]]
            yield from _Contest(row, texts[row["series"]], timezone.localdate()).load(section, cover, drawn[cover.key])


def drawings(rows: list[dict[str, Any]]) -> dict[str, pictures.Drawing]:
    """Return for each key of a contest its cover."""
    return {
        row["key"]: pictures.news_drawing(f"contest:{row['key']}:cover", row["title"], "konkursy", row["cover"])
        for row in rows
    }


def file_plan(row: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield key, file name and title of each file of a contest."""
    if row.get("is_brief"):
        return
    for title, extension in (("Положение о конкурсе", "pdf"), ("Форма заявки", "docx")):
        yield f"contest:{row['key']}:{extension}", f"{latin_slug(title)}.{extension}", title


class _Contest:
    """One contest: a row of years with the texts of its series, on a day of loading."""

    def __init__(self, row: dict[str, Any], texts: dict[str, Any], today: dt.date) -> None:
        self.row, self.texts, self.today = row, texts, today
        self.remarks: list[str] = []
        last = max(self._day(end) for _start, end in row["stages"].values())
        self.year: int = row.get("year", last.year)
        self.title: str = row["title"].format(year=self.year)

    def load(self, section: ContestIndexPage, cover: pictures.Drawing, jpeg: bytes) -> list[str]:
        """Publish the page and return remarks."""
        series = ContestSeries.objects.filter(slug=self.row["series"]).first()
        if series is None:
            return [f"«{self.title}»: нет конкурса «{self.row['series']}» в реестре"]
        if ContestPage.objects.filter(series=series, year=self.year).exists():
            return [f"«{self.title}»: такой год конкурса уже есть"]
        image = pictures.store(cover, jpeg)
        page = ContestPage(
            title=self.title,
            slug=f"{series.slug}-{self.year}",
            series=series,
            year=self.year,
            full_title=self.row.get("full_title", ""),
            summary=self.row["summary"],
            cover=image,
            cover_alt=image.description,
            results_are_public="results" in self.row,
            results_on=self._day(self.row["results_on"]) if "results_on" in self.row else None,
            results_text=self.row.get("results_text", ""),
            contact_email=EMAIL,
            is_demo=True,
            **self._texts(),
        )
        publish(page, section, self._day(self.row["announced"]), self._relate)
        return self.remarks

    def _day(self, value: dt.date | int) -> dt.date:
        """Return a date as it is written, or so many days from the day of loading."""
        return self.today + dt.timedelta(days=value) if isinstance(value, int) else value

    def _texts(self) -> dict[str, Any]:
        if self.row.get("is_brief"):
            return {"purpose": self.texts["purpose"]}
        return {
            **{name: self.texts[name] for name in _TEXTS},
            **{name: "\n".join(self.texts[name]) for name in _LINES},
            "how_to_enter": self.texts.get("how_to_enter", _HOW_TO_ENTER),
            "requirements": [("requirement", row) for row in self.texts["requirements"]],
            "criteria": [("tour", {**tour, "note": ""}) for tour in self.texts["criteria"]],
            "files": [("file", file) for file in self._files()],
        }

    def _files(self) -> Iterator[dict[str, Any]]:
        for key, filename, title in file_plan(self.row):
            lines = (self.texts["purpose"], self.texts["who"], *self.texts["conditions"], self.texts["quota"])
            form = ("Полное название организации", "Номинация", "Участник, должность", "Почта и телефон для связи")
            extension = filename.rpartition(".")[2]
            paper = papers.Paper(title, self.title, form if extension == "docx" else lines)
            data = papers.render(paper, extension)
            yield {
                "title": title,
                "document": store_document(key, title=f"{title}: {self.title}"[:255], data=data, filename=filename),
                "page": None,
            }

    def _relate(self, page: ContestPage) -> None:
        for nomination in self.texts["nominations"]:
            page.nominations.add(ContestNomination(**nomination))
        stages = {stage["slug"]: stage for stage in self.texts["stages"]}
        for code, (start, end) in self.row["stages"].items():
            page.stages.add(self._stage(stages[code], self._day(start), self._day(end)))
        organisations = {made["slug"]: made for made in content.read("organisations")}
        for row in self.row.get("results", []):
            known = organisations.get(row["organisation"])
            organisation = find_organisation(known) if known else None
            if organisation is None:
                self.remarks.append(f"«{self.title}»: нет организации «{row['organisation']}», результат пропущен")
                continue
            page.results.add(self._result(row, organisation))
        plan = {"archive": ARCHIVE, "current": current_plan_slug(self.today)}.get(self.row.get("proves", ""))
        if plan:
            prove(page, [self.texts["roadmap_item"]], plan_slug=plan)

    def _stage(self, stage: dict[str, Any], start: dt.date, end: dt.date) -> ContestStage:
        opens, closes = CEREMONY if start == end else WHOLE_DAYS
        return ContestStage(
            **stage,
            starts_at=timezone.make_aware(dt.datetime.combine(start, opens)),
            ends_at=timezone.make_aware(dt.datetime.combine(end, closes)),
            is_intake=stage["slug"] == self.row["intake"],
        )

    def _result(self, row: dict[str, Any], organisation: Organisation) -> ContestResult:
        return ContestResult(
            nomination=row["nomination"],
            place=row["place"],
            place_words=row.get("words", ""),
            organisation=organisation,
            municipality=organisation.municipality,
            position=Term.objects.filter(vocabulary=Vocabulary.POSITION, slug=row.get("position", "")).first(),
            practice=PracticePage.objects.filter(external_id=f"{EXTERNAL_PREFIX}{row.get('practice', '')}").first(),
        )
