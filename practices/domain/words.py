"""Words for the values of a practice: one wording for cards, pages, files and exports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from django.utils import dateformat

from portal.core.listing import plural
from practices.enums import RecognitionLevel
from practices.passport_files.content import format_measure

LEVEL_LABELS: Mapping[str, str] = {
    RecognitionLevel.BEST: "Лучшая практика",
    RecognitionLevel.RECOMMENDED: "Рекомендована",
    RecognitionLevel.PRESENTED: "Представлена",
}


class Age(Protocol):
    """An age of children: a term, or an option of the catalogue."""

    @property
    def label(self) -> str: ...

    @property
    def data(self) -> Mapping[str, Any]: ...


def ages_in_words(ages: Iterable[Age]) -> str:
    """Return the span of the chosen ages: «5–7 лет»; groups that do not touch stand apart: «1–3 года, 6–7 лет»."""
    spans: list[tuple[int, int]] = []
    unknown: list[str] = []
    for age in ages:
        start, end = age.data.get("months_from"), age.data.get("months_to")
        if isinstance(start, int) and isinstance(end, int):
            spans.append((start, end))
        else:
            unknown.append(age.label)
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return ", ".join([*(_span(start, end) for start, end in joined), *unknown])


def _span(start: int, end: int) -> str:
    years = f"{end // 12} {plural(end // 12, 'года' if end > 12 else 'год', 'года', 'лет')}"
    if start >= 12:
        return f"{start // 12}–{years}"
    return f"{start} мес. – {years}" if start else f"до {years}"


def month(day: dt.date) -> str:
    """Return «апрель 2022»."""
    return dateformat.format(day, "F Y").lower()


def day(value: dt.date) -> str:
    """Return «11 апреля 2022»."""
    return dateformat.format(value, "j E Y")


def period(start: dt.date | None, end: dt.date | None) -> str:
    """Return «С сентября 2020, продолжается» or «сентябрь 2020 – май 2022»; blank without a beginning."""
    if start is None:
        return ""
    if end is None:
        return f"С {dateformat.format(start, 'E Y').lower()}, продолжается"
    return f"{month(start)} – {month(end)}"


def rows_of(stream: Any) -> list[Any]:
    """Return the values of a stream's rows as stored, without building its blocks."""
    return [row["value"] for row in stream.raw_data]


def gain(indicators: Iterable[Mapping[str, Any]]) -> dict[str, str] | None:
    """Return the first indicator measured before and after, in words, or None."""
    for row in indicators:
        before, after = row.get("before"), row.get("after")
        if before is not None and after is not None:
            unit = row.get("unit") or ""
            short = unit if len(unit) <= 3 else ""
            label = row["name"] if short or not unit else f"{row['name']}, {unit}"
            return {"before": format_measure(before, short), "after": format_measure(after, short), "label": label}
    return None
