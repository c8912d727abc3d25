"""What an author agrees to: the words of a passport, read the same from a submission and from a page.

Classification by editors (topics, recognition, evidence on the roadmap, address) is not the author's text; names are
governed by consents; a picture or a file may be taken away without asking, never added.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portal.vocabularies.enums import Vocabulary
from portal.vocabularies.models import Term
from practices.domain import words
from practices.domain.comparing import Piece, compared
from practices.models import PracticePage, PracticeSubmission
from practices.models.passport import PASSPORT_VOCABULARIES, PassportFields

_PLAIN = (
    "title", "summary", "problem", "goal", "audience_text", "technologies", "res_staff", "res_material",
    "res_information", "partners", "results_summary", "negative", "replication", "video_url",
)  # fmt: skip
_ROWS = ("tasks", "steps", "indicators", "risks", "replicated_by")
_ORDER = (
    "title", "summary", "organisation", "municipality", "authors", "partners", "problem", "goal", "tasks",
    "audience_text", "period", "steps", "technologies", "res_staff", "res_material", "res_information",
    "results_summary", "indicators", "negative", "risks", "replication", "replicated_by", "cost", "launch_time",
    "evidence", "video_url",
)  # fmt: skip
_LABELS = {"period": "сроки", "authors": "авторы", "title": "название"}


@dataclass(frozen=True)
class Difference:
    """One field whose text differs: its label, the text before and after."""

    field: str
    label: str
    before: str
    after: str

    @property
    def pieces(self) -> list[Piece]:
        """The two texts word by word."""
        return list(compared(self.before, self.after))


def text_of(source: PassportFields) -> dict[str, str]:
    """Return the author's words by field as plain text: of a submission, or of a page as a revision holds it."""
    found: dict[str, str] = {name: _plain(getattr(source, name)) for name in _PLAIN}
    found |= {name: _rows(getattr(source, name)) for name in _ROWS}
    found |= {
        "organisation": str(source.organisation or ""),
        "municipality": str(source.municipality or ""),
        "authors": "\n".join(f"{title}: {count}" for title, count in _authors(source)),
        "period": words.period(source.period_start, source.period_end),
        "cost": source.get_cost_display() or "",
        "launch_time": source.get_launch_time_display() or "",
        "evidence": source.get_evidence_display() or "",
    }
    terms = {
        f"terms_{vocabulary.name.lower()}": "; ".join(term.title for term in source.terms_of(vocabulary))
        for vocabulary in PASSPORT_VOCABULARIES
    }
    return {name: found[name] for name in _ORDER} | terms


def differences(before: Mapping[str, str], after: Mapping[str, str]) -> list[Difference]:
    """Return the fields that differ, in the order of the passport."""
    return [
        Difference(name, label_of(name), before.get(name, ""), after[name])
        for name in after
        if before.get(name, "") != after[name]
    ]


def label_of(name: str) -> str:
    """Return the words for a field of the passport."""
    if name.startswith("terms_"):
        return Vocabulary[name.removeprefix("terms_").upper()].label.lower()
    return _LABELS.get(name) or str(PracticePage._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def media_of(page: PracticePage) -> set[tuple[str, int]]:
    """Return what of the library a page shows: pairs of a kind and a key."""
    cover = {("cover", page.cover_id)} if page.cover_id else set()
    photos = {("photo", row["image"]) for row in words.rows_of(page.photos)}
    files = {("file", row["document"]) for row in words.rows_of(page.files)}
    return cover | photos | files


def changed_since(agreed: PracticePage, page: PracticePage) -> list[str]:
    """Return labels of what `page` says otherwise than the agreed version of it."""
    labels = [difference.label for difference in differences(text_of(agreed), text_of(page))]
    added = {kind for kind, _key in media_of(page) - media_of(agreed)}
    return labels + [label for kind, label in _MEDIA.items() if kind in added]


_MEDIA = {"cover": "обложка", "photo": "снимки", "file": "файлы"}


def is_authors_own(submission: PracticeSubmission, page: PracticePage) -> bool:
    """Tell whether `page` says exactly what the author sent, with no picture or file of somebody else."""
    if text_of(submission) != text_of(page):
        return False
    sent = {(row.purpose, row.alt or row.title) for row in submission.attachments.all()}
    shown = {("photo", row["alt"]) for row in words.rows_of(page.photos)}
    shown |= {("file", row["title"]) for row in words.rows_of(page.files)}
    if page.cover_id:
        shown.add(("cover", page.cover_alt))
    return shown <= sent | {(row.purpose, str(row)) for row in submission.attachments.all()}


def _plain(value: Any) -> str:
    return str(value if value is not None else "").replace("\r\n", "\n").strip()


def _rows(stream: Any) -> str:
    """Return the rows of a stream as lines; the cells in the order of the block: PostgreSQL keeps keys in its own."""
    blocks = stream.stream_block.child_blocks
    return "\n".join(_row(row["value"], blocks[row["type"]]) for row in stream.raw_data)


def _row(value: Any, block: Any) -> str:
    """Return a row of a stream as one text; numbers without a needless fraction."""
    if not isinstance(value, Mapping):
        return _plain(value)
    cells = [value.get(name) for name in block.child_blocks]
    parts = [f"{cell:g}" if isinstance(cell, int | float) else _plain(cell) for cell in cells]
    return " — ".join(part for part in parts if part)


def _authors(source: PassportFields) -> list[tuple[str, int]]:
    if isinstance(source, PracticeSubmission):
        posts = dict(Term.objects.of(Vocabulary.POSITION).values_list("slug", "title"))
        return [(posts.get(row.get("position"), ""), int(row.get("count") or 1)) for row in source.authors]
    return [(author.position.title, author.count) for author in source.authors.all()]  # type: ignore[attr-defined]
