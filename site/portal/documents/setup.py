"""The section of documents."""

from __future__ import annotations

from collections.abc import Iterator

from portal.core.sections import make_section
from portal.documents.models import DocumentIndexPage


def setup() -> Iterator[str]:
    """Make the section of documents when it is missing."""
    yield from make_section(
        DocumentIndexPage(
            title="Документы",
            slug="documents",
            summary="Положения, приказы, письма и отчёты: что действует и что заменено.",
        )
    )
