"""The published practices of the demonstration and the editors' collections of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from portal.core.slugs import latin_slug
from portal.demo import content, evidence, papers, pictures
from portal.demo.ledger import Ledger
from portal.demo.organisations import find_organisation
from portal.demo.publishing import publish
from portal.demo.storage import store_document
from portal.organisations.models import Municipality
from portal.vocabularies.enums import Vocabulary
from portal.vocabularies.models import Tag, TagAlias, Term
from practices.models import CollectionItem, CollectionPage, PracticeAuthor, PracticeIndexPage, PracticePage

EXTERNAL_PREFIX = "demo-"
SMALL_PHOTO = "jpg"
BANK_ITEM = 11  # «Формирование банка лучших практик»
_PLAIN = (
    "title", "summary", "slug", "level", "problem", "goal", "audience_text", "technologies", "res_staff",
    "res_material", "res_information", "partners", "results_summary", "replication",
)  # fmt: skip
_OPTIONAL = ("negative", "cost", "launch_time", "evidence")


def load_practices(ledger: Ledger, *, cover_width: int) -> Iterator[str]:
    """Publish the practices that were never loaded, each with its pictures and files in one transaction."""
    rows = content.practices()
    drawings = pictures.practice_drawings(rows)
    due = [row for row in rows if ledger.is_due(f"practice:{row['key']}")]
    if not due:
        return
    section = PracticeIndexPage.objects.get()
    organisations = {row["slug"]: row for row in content.read("organisations")}
    drawn = {
        drawing.key: jpeg
        for drawing, jpeg in pictures.draw((d for row in due for d in drawings[row["key"]]), width=cover_width)
    }
    for row in due:
        with ledger.unit(f"practice:{row['key']}"):
            loader = _PracticeLoader(row, organisations[row["organisation"]], drawings[row["key"]], drawn)
            loader.load(section)
            yield from loader.remarks


class _PracticeLoader:
    """Makes one practice with everything that hangs on it."""

    def __init__(
        self,
        row: dict[str, Any],
        organisation: dict[str, Any],
        drawings: list[pictures.Drawing],
        drawn: dict[str, bytes],
    ) -> None:
        self.row, self.organisation, self.drawings, self.drawn = row, organisation, drawings, drawn
        self.remarks: list[str] = []

    def load(self, section: PracticeIndexPage) -> PracticePage:
        row = self.row
        organisation = find_organisation(self.organisation)
        municipality = Municipality.objects.filter(slug=self.organisation["municipality"], parent=None).first()
        published_on = dt.date.fromisoformat(row["published_on"])
        cover, *photos = self._pictures()
        page = PracticePage(
            **{name: row[name] for name in _PLAIN},
            **{name: row[name] for name in _OPTIONAL if name in row},
            external_id=f"{EXTERNAL_PREFIX}{row['key']}",
            organisation=organisation,
            municipality=municipality,
            published_on=published_on,
            level_on=published_on,
            period_start=dt.date.fromisoformat(row["period"]["start"]),
            period_end=dt.date.fromisoformat(row["period"]["end"]) if "end" in row["period"] else None,
            tasks=[("task", text) for text in row["tasks"]],
            steps=[("step", step) for step in row["steps"]],
            indicators=[("indicator", indicator) for indicator in row["indicators"]],
            risks=[("risk", risk) for risk in row["risks"]],
            replicated_by=[("organisation", item) for item in row.get("replicated_by", [])],
            files=[("file", file) for file in self._files()],
            photos=[
                ("photo", {"image": photo, "alt": photo.description, "caption": "Рисунок вместо снимка"})
                for photo in photos
            ],
            cover=cover,
            cover_alt=cover.description,
            is_demo=True,
        )
        return publish(page, section, published_on, self._relate)

    def _relate(self, page: Any) -> None:
        page.terms = [
            term
            for vocabulary, slugs in self.row["terms"].items()
            for slug in slugs
            if (term := self._term(vocabulary, slug)) is not None
        ]
        page.tags.add(*self._tags(self.row["tags"]))
        evidence.prove(page, [BANK_ITEM], plan_slug=evidence.ARCHIVE)
        page.authors = [
            PracticeAuthor(position=position, count=author["count"], sort_order=order)
            for order, author in enumerate(self.row["authors"])
            if (position := self._term(Vocabulary.POSITION, author["position"])) is not None
        ]

    def _term(self, vocabulary: str, slug: str) -> Term | None:
        term = Term.objects.filter(vocabulary=vocabulary, slug=slug).first()
        if term is None:
            self.remarks.append(f"«{self.row['title']}»: нет значения «{slug}» в справочнике «{vocabulary}»")
        return term

    def _tags(self, slugs: list[str]) -> list[Tag]:
        tags = find_tags(slugs)
        if len(tags) < len(slugs):
            self.remarks.append(f"«{self.row['title']}»: не все темы есть в справочнике")
        return tags

    def _pictures(self) -> list[Any]:
        return [pictures.store(drawing, self.drawn[drawing.key]) for drawing in self.drawings]

    def _files(self) -> Iterator[dict[str, Any]]:
        for key, filename, file in file_plan(self.row):
            if file["format"] == SMALL_PHOTO:
                data = self.drawn[self.drawings[1].key]
            else:
                data = papers.render(papers.practice_paper(self.row, file), file["format"])
            document = store_document(key, title=file["title"], data=data, filename=filename)
            yield {"title": file["title"], "kind": file["kind"], "document": document}


def file_plan(row: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield key, file name and description of each file of a practice."""
    for number, file in enumerate(row["files"], start=1):
        yield f"practice:{row['key']}:file{number}", f"{latin_slug(file['title'])}.{file['format']}", file


def find_tags(slugs: list[str]) -> list[Tag]:
    """Return the topics of these codes, by former addresses too; those that people removed are left out."""
    found = {tag.slug: tag for tag in Tag.objects.filter(slug__in=slugs)}
    found.update({a.slug: a.tag for a in TagAlias.objects.filter(slug__in=slugs).select_related("tag")})
    return list(dict.fromkeys(found[slug] for slug in slugs if slug in found))


def load_collections(ledger: Ledger) -> Iterator[str]:
    """Publish the collections that were never loaded; practices that people deleted are left out of them."""
    for row in content.read("collections"):
        with ledger.unit(f"collection:{row['key']}") as due:
            if due and not _make_collection(row):
                yield f"подборка «{row['title']}»: ни одной её практики уже нет, подборка пропущена"


def _make_collection(row: dict[str, Any]) -> Page | None:
    keys = {item["slug"]: f"{EXTERNAL_PREFIX}{item['key']}" for item in content.practices()}
    pages = PracticePage.objects.in_bulk(keys.values(), field_name="external_id")
    items = [
        CollectionItem(practice=practice, note=item["note"], sort_order=order)
        for order, item in enumerate(row["items"])
        if (practice := pages.get(keys.get(item["practice"], ""))) is not None
    ]
    if not items:
        return None
    page = CollectionPage(
        title=row["title"], slug=row["slug"], summary=row["summary"], intro=f"<p>{row['intro']}</p>", is_demo=True
    )
    day = max(item.practice.published_on or timezone.localdate() for item in items) + dt.timedelta(days=1)
    return publish(page, PracticeIndexPage.objects.get(), day, lambda made: setattr(made, "items", items))
