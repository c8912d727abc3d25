"""News of the demonstration: those of the archive keep their days, the newest is a few days old on the day of loading."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial
from html import escape
from typing import Any

from django.utils import timezone
from wagtail.models import Page
from wagtail.rich_text import RichText

from contests.models import ContestPage
from events.models import EventPage
from portal.core.slugs import latin_slug
from portal.demo import content, evidence, papers, pictures
from portal.demo.ledger import Ledger
from portal.demo.practices import find_tags
from portal.demo.publishing import publish
from portal.demo.storage import store_document
from portal.news.models import NewsIndexPage, NewsPage
from portal.vocabularies.enums import Vocabulary
from portal.vocabularies.models import Term


def load_news(ledger: Ledger, *, cover_width: int) -> Iterator[str]:
    """Publish the news that were never loaded; yield a line for each remark."""
    rows = content.read("news")
    covers = pictures.news_drawings(rows)
    due = [row for row in rows if ledger.is_due(f"news:{row['key']}")]
    if not due:
        return
    section = NewsIndexPage.objects.get()
    wanted = [drawing for row in due for drawing in (covers[row["key"]], *body_drawings(row))]
    drawn = {drawing.key: jpeg for drawing, jpeg in pictures.draw(wanted, width=cover_width)}
    for row in due:
        with ledger.unit(f"news:{row['key']}"):
            yield from _load(row, section, covers[row["key"]], drawn)


def _load(row: dict[str, Any], section: NewsIndexPage, cover: pictures.Drawing, drawn: dict[str, bytes]) -> list[str]:
    image = pictures.store(cover, drawn[cover.key])
    images = {drawing.key: pictures.store(drawing, drawn[drawing.key]) for drawing in body_drawings(row)}
    date = _date(row)
    category = Term.objects.filter(vocabulary=Vocabulary.NEWS_CATEGORY, slug=row["category"]).first()
    page = NewsPage(
        title=row["title"],
        slug=row["slug"],
        summary=row["summary"],
        date=date,
        category=category,
        cover=image,
        cover_alt=image.description,
        body=_Body(row, images).blocks(),
        event=_named(EventPage, row.get("event")),
        contest=_named(ContestPage, row.get("contest")),
        is_demo=True,
    )
    publish(page, section, date, partial(_relate, row, date))
    return [] if category else [f"«{row['title']}»: нет рубрики «{row['category']}»"]


def _named(model: type[Page], slug: str | None) -> Any:
    """The demonstration page that a news item tells of, None where there is none or people removed it."""
    return model._default_manager.filter(slug=slug, is_demo=True).first() if slug else None


def _date(row: dict[str, Any]) -> dt.date:
    """The day of the archive that the row names, or so many days before the day of loading."""
    return row["date"] if "date" in row else timezone.localdate() - dt.timedelta(days=row["days"])


def _relate(row: dict[str, Any], date: dt.date, page: NewsPage) -> None:
    """News of the archive prove its plan, the others that of the school year that they tell of."""
    page.tags.add(*find_tags(row["tags"]))
    plan_slug = evidence.ARCHIVE if "date" in row else evidence.current_plan_slug(date)
    # What the event or the contest proves by its own page is not counted once more by the news of it.
    proved = {
        link.item.position
        for told in (page.event, page.contest)
        if told is not None
        for link in told.evidence_links.filter(item__plan__slug=plan_slug).select_related("item")
    }
    evidence.prove(page, set(row.get("roadmap_items", [])) - proved, plan_slug=plan_slug)


def body_drawings(row: dict[str, Any]) -> Iterator[pictures.Drawing]:
    """Yield the pictures inside the text of a news item: of galleries, posters of films."""
    for order, block in enumerate(row["body"]):
        for number, picture in enumerate(block.get("gallery", {}).get("pictures", [])):
            key = f"news:{row['key']}:{order}:{number}"
            yield pictures.topic_drawing(
                key, picture["caption"], area=picture["area"], topic=picture["topic"], seed=number
            )
        if "video" in block:
            yield pictures.topic_drawing(
                f"news:{row['key']}:{order}:poster", block["video"]["title"],
                area="khudozhestvenno-esteticheskoe", topic="teatralizovannaya-deyatelnost", seed=order,
            )  # fmt: skip


def file_plan(row: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield key, file name and description of each file of a news item."""
    for order, block in enumerate(row["body"]):
        for number, file in enumerate(block.get("files", {}).get("files", [])):
            yield f"news:{row['key']}:{order}:file{number}", f"{latin_slug(file['title'])}.{file['format']}", file


class _Body:
    """Blocks of the text of one news item."""

    def __init__(self, row: dict[str, Any], images: dict[str, Any]) -> None:
        self.row, self.images = row, images

    def blocks(self) -> list[tuple[str, Any]]:
        """Return the blocks as the StreamField takes them."""
        makers: dict[str, Callable[[int, Any], Any]] = {
            "text": lambda order, value: rich(value),
            "quote": lambda order, value: value,
            "table": self._table,
            "accordion": self._accordion,
            "files": self._files,
            "gallery": self._gallery,
            "video": self._video,
        }
        return [
            (kind, makers[kind](order, value))
            for order, block in enumerate(self.row["body"])
            for kind, value in block.items()
        ]

    def _table(self, order: int, value: dict[str, Any]) -> Any:
        block = NewsPage.body.field.stream_block.child_blocks["table"]
        rows = [{"values": row} for row in value["rows"]]
        return block.to_python({"columns": value["columns"], "rows": rows, "caption": ""})

    def _accordion(self, order: int, value: dict[str, Any]) -> dict[str, Any]:
        parts = [{"title": part["title"], "text": rich([part["text"]])} for part in value["parts"]]
        return {"title": value["title"], "parts": parts}

    def _files(self, order: int, value: dict[str, Any]) -> dict[str, Any]:
        files = []
        for key, filename, file in file_plan(self.row):
            if not key.startswith(f"news:{self.row['key']}:{order}:"):
                continue
            paper = papers.Paper(file["title"], f"К новости «{self.row['title']}»", tuple(file["lines"]))
            data = papers.render(paper, file["format"])
            document = store_document(key, title=file["title"], data=data, filename=filename)
            files.append({"title": file["title"], "document": document})
        return {"title": value["title"], "files": files}

    def _gallery(self, order: int, value: dict[str, Any]) -> dict[str, Any]:
        shown = []
        for number, picture in enumerate(value["pictures"]):
            image = self.images[f"news:{self.row['key']}:{order}:{number}"]
            shown.append({"image": image, "alt": image.description, "decorative": False, "caption": picture["caption"]})
        return {"title": value["title"], "pictures": shown}

    def _video(self, order: int, value: dict[str, Any]) -> dict[str, Any]:
        poster = self.images[f"news:{self.row['key']}:{order}:poster"]
        film = {"title": value["title"], "url": value["url"], "duration": value["duration"]}
        return {**film, "poster": poster, "file": None, "transcript": rich([value["text"]])}


def rich(paragraphs: list[str]) -> RichText:
    """Return paragraphs of plain text as rich text."""
    return RichText("".join(f"<p>{escape(text, quote=False)}</p>" for text in paragraphs))
