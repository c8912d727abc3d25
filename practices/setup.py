"""The section of the bank."""

from __future__ import annotations

from collections.abc import Iterator

from portal.core.sections import make_section
from practices.models import PracticeIndexPage


def setup() -> Iterator[str]:
    """Make the bank's section when it is missing."""
    yield from make_section(
        PracticeIndexPage(
            title="Банк практик",
            slug="practices",
            summary="Лучшие практики детских садов: что сделали, что изменилось и как повторить у себя.",
        )
    )
