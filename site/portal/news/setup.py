"""The section of news."""

from __future__ import annotations

from collections.abc import Iterator

from portal.core.sections import make_section
from portal.news.models import NewsIndexPage


def setup() -> Iterator[str]:
    """Make the section of news when it is missing."""
    yield from make_section(
        NewsIndexPage(
            title="Новости",
            slug="news",
            summary="События системы качества дошкольного образования региона.",
        )
    )
