"""The library in memory: light rows of all public documents, filtered, counted and sorted without a query.

Read by two queries per version of what is published, whatever the number of documents.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from portal.core import versions
from portal.core.slugs import latin_slug
from portal.core.together import Row, read_together
from portal.documents.enums import IN_FORCE, OLD, SECTION_URL, TITLE, VOID
from portal.documents.models import DocumentFile, DocumentPage, TaggedDocument
from portal.files.names import kind_of
from search.text import match_key, sort_key


@dataclass(frozen=True, slots=True)
class FileInfo:
    """A file of a document as lists show it; size in bytes, 0 when unknown."""

    title: str
    kind: str
    size: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A public document in a list."""

    id: int
    slug: str
    title: str
    summary: str
    kind: str
    kind_label: str
    number: str
    date: dt.date
    issuer: str
    issuer_label: str
    organisation_id: int | None
    void_since: dt.date | None
    replaces_id: int | None
    tags: tuple[str, ...]
    tag_labels: tuple[str, ...]
    files: tuple[FileInfo, ...]
    expires_at: dt.datetime | None
    published_at: dt.datetime | None
    key: str
    order: str

    @property
    def url(self) -> str:
        """The path of the document's page."""
        return f"{SECTION_URL}{self.slug}/"

    @property
    def is_in_force(self) -> bool:
        """Whether the document is in force today."""
        return self.void_since is None or self.void_since > timezone.localdate()

    def values(self, facet: str) -> tuple[str, ...]:
        """Values of this document in a facet."""
        if facet == "tag":
            return self.tags
        single = {"kind": self.kind, "year": str(self.date.year), "issuer": self.issuer}
        return (single.get(facet, IN_FORCE if self.is_in_force else VOID),)


def _build() -> list[Entry]:
    pages = DocumentPage.objects.published().select_related("kind", "issuer").defer("body", "search_description")
    tagged, attached = read_together(
        (TaggedDocument.objects.all(), ("content_object_id", "pk", "tag__slug", "tag__name")),
        (
            DocumentFile.objects.all(),
            ("page_id", "sort_order", "pk", "label", "document__title", "document__file", "document__file_size"),
        ),
    )
    topics: dict[int, list[Row]] = defaultdict(list)
    for page, _pk, *topic in sorted(tagged):
        topics[page].append(tuple(topic))
    files: dict[int, list[FileInfo]] = defaultdict(list)
    for page, _order, _pk, label, title, name, size in sorted(attached, key=lambda row: (row[0], row[1] or 0, row[2])):
        files[page].append(FileInfo(label or title, kind_of(name), size or 0))
    return [_entry(page, topics[page.pk], files[page.pk]) for page in pages]


def _entry(page: DocumentPage, topics: list[Row], files: list[FileInfo]) -> Entry:
    issuer = page.issuer_title
    return Entry(
        id=page.pk,
        slug=page.slug,
        title=page.title,
        summary=page.summary,
        kind=page.kind.slug,
        kind_label=page.kind.label,
        number=page.number,
        date=page.date,
        issuer=page.issuer.slug if page.issuer is not None else latin_slug(issuer),
        issuer_label=issuer,
        organisation_id=page.issuer_id,
        void_since=page.void_since,
        replaces_id=page.replaces_id,
        tags=tuple(slug for slug, _name in topics),
        tag_labels=tuple(name for _slug, name in topics),
        files=tuple(files),
        expires_at=page.expire_at,
        published_at=page.last_published_at,
        key=f"{match_key(page.title)} {page.number_match}",
        order=sort_key(page.title),
    )


_library = versions.Memo("documents-library", _build)


def library() -> list[Entry]:
    """Return all public documents, the newest first."""
    now = timezone.now()
    return [entry for entry in _library.get() if entry.expires_at is None or entry.expires_at > now]


def in_order(found: Iterable[Entry], sort: str) -> list[Entry]:
    """Return documents by title («title»), the oldest first («old») or as they stand, the newest first."""
    if sort == TITLE:
        return sorted(found, key=lambda entry: entry.order)
    return list(found)[::-1] if sort == OLD else list(found)


def of_topic(slug: str) -> list[Entry]:
    """Return public documents of a topic, those in force first, then the newest."""
    return _current_first(entry for entry in library() if slug in entry.tags)


def of_organisation(pk: int) -> list[Entry]:
    """Return public documents that an organisation issued, those in force first, then the newest."""
    return _current_first(entry for entry in library() if entry.organisation_id == pk)


def topics() -> dict[str, int]:
    """Return numbers of public documents by topic."""
    numbers: dict[str, int] = {}
    for entry in library():
        for slug in entry.tags:
            numbers[slug] = numbers.get(slug, 0) + 1
    return numbers


def find(pk: int | None) -> Entry | None:
    """Return a public document by its id, None when no visitor may read it."""
    return next((entry for entry in library() if entry.id == pk), None) if pk else None


def replaced_by(pk: int) -> list[Entry]:
    """Return public documents that replace the document `pk`, the newest first."""
    return [entry for entry in library() if entry.replaces_id == pk]


def _current_first(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: not entry.is_in_force)
