"""The section of contests and the register of the contests that the roadmap names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from contests.models import ContestIndexPage, ContestSeries
from portal.core.sections import make_section
from portal.vocabularies.setup import not_offered, read_reference
from search.text import match_key

REFERENCE = Path(__file__).parent / "reference" / "series.yaml"
KIND = "contest_series"


def setup() -> Iterator[str]:
    """Make the section and the contests that were never offered; what editors renamed or deleted stays so."""
    yield from make_section(
        ContestIndexPage(
            title="Конкурсы",
            slug="contests",
            summary="Где сейчас принимают заявки, что будет дальше и кто победил.",
        )
    )
    if made := _setup_series():
        yield f"Реестр конкурсов: {made}"


def _setup_series() -> int:
    rows = read_reference(REFERENCE)
    fresh = not_offered(KIND, [row["slug"] for row in rows])
    made = 0
    for row in rows:
        taken = ContestSeries.objects.filter(title_match=match_key(row["short_title"])).exists()
        if row["slug"] not in fresh or taken or ContestSeries.objects.filter(slug=row["slug"]).exists():
            continue
        series = ContestSeries(
            slug=row["slug"],
            title=row["title"],
            short_title=row["short_title"],
            full_title=row["full_title"],
            contest_object=row["object"],
            level=row["level"],
            aliases="\n".join(row["aliases"]),
        )
        series.full_clean()
        series.save()
        made += 1
    return made
