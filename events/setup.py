"""The section of events."""

from __future__ import annotations

from collections.abc import Iterator

from events.models import EventIndexPage
from portal.core.sections import make_section


def setup() -> Iterator[str]:
    """Make the section of events when it is missing."""
    yield from make_section(
        EventIndexPage(
            title="События",
            slug="events",
            summary="Вебинары, открытые показы, горизонтальное обучение: когда, где и как принять участие.",
        )
    )
