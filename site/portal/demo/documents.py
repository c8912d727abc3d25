"""Official documents of the demonstration: of the archive, and of this school year by the day of loading."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from portal.core.slugs import latin_slug
from portal.demo import content, papers
from portal.demo.evidence import ARCHIVE, current_plan_slug, prove
from portal.demo.ledger import Ledger
from portal.demo.news import rich
from portal.demo.organisations import find_organisation
from portal.demo.practices import find_tags
from portal.demo.publishing import publish
from portal.demo.storage import store_document
from portal.documents.models import DocumentFile, DocumentIndexPage, DocumentPage
from portal.roadmap.models import RoadmapPage
from portal.vocabularies.enums import Vocabulary
from portal.vocabularies.models import Term

_PLAIN = ("title", "slug", "summary", "number")
_OPTIONAL = ("issuer_name", "void_since", "void_reason")


def load_documents(ledger: Ledger) -> Iterator[str]:
    """Publish the documents that were never loaded; yield a line for each remark."""
    rows = content.read("documents")
    slugs = {row["key"]: row["slug"] for row in rows}
    organisations = {row["slug"]: row for row in content.read("organisations")}
    section = DocumentIndexPage.objects.get()
    for row in rows:
        with ledger.unit(f"document:{row['key']}") as due:
            if due:
                yield from _load(row, section, slugs, organisations)


def file_plan(row: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield key, file name and description of each file of a document."""
    for number, file in enumerate(row["files"], start=1):
        yield f"document:{row['key']}:file{number}", f"{latin_slug(file['title'])}.{file['format']}", file


def _load(
    row: dict[str, Any], section: DocumentIndexPage, slugs: dict[str, str], organisations: dict[str, dict[str, Any]]
) -> list[str]:
    kind = Term.objects.filter(vocabulary=Vocabulary.DOCUMENT_KIND, slug=row["kind"]).first()
    if kind is None:
        return [f"«{row['title']}»: нет вида документа «{row['kind']}», документ пропущен"]
    plan = {"archive": ARCHIVE, "current": current_plan_slug(timezone.localdate())}.get(row.get("proves", ""))
    date = row["date"] if "date" in row else _days_ago(row["days"], plan)
    page = DocumentPage(
        **{name: row[name] for name in _PLAIN},
        **{name: row[name] for name in _OPTIONAL if name in row},
        kind=kind,
        date=date,
        issuer=find_organisation(organisations[row["issuer"]]) if row.get("issuer") in organisations else None,
        replaces=DocumentPage.objects.filter(slug=slugs.get(row.get("replaces", "")), is_demo=True).first(),
        body=[("text", rich(row["body"]))],
        is_demo=True,
    )
    page.number = str(page.number)

    def relate(made: DocumentPage) -> None:
        made.tags.add(*find_tags(row["tags"]))
        made.files = [  # type: ignore[misc]
            DocumentFile(document=_file(key, name, file, row), label=file["title"], sort_order=order)
            for order, (key, name, file) in enumerate(file_plan(row))
        ]
        if plan:
            prove(made, row["positions"], plan_slug=plan)

    publish(page, section, date, relate)
    return []


def _days_ago(days: int, plan_slug: str | None) -> dt.date:
    """The day so many days before the loading; not before the plan that the document proves, which has just begun."""
    day = timezone.localdate() - dt.timedelta(days=days)
    plan = RoadmapPage.objects.filter(slug=plan_slug).first() if plan_slug else None
    return max(day, plan.starts_on) if plan is not None else day


def _file(key: str, name: str, file: dict[str, Any], row: dict[str, Any]) -> Any:
    paper = papers.Paper(file["title"], f"К документу «{row['title']}»", tuple(file["lines"]))
    data = papers.render(paper, file["format"])
    return store_document(key, title=file["title"], data=data, filename=name)
