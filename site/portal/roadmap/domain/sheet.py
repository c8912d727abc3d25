"""The plan as a table of one shape: what is downloaded can be edited and loaded again (FEATURES A12)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from portal.core.exports import Column
from portal.roadmap.domain.report import Evidence, Row, day_words


def _day(name: str) -> Any:
    return lambda row: dt.date.fromisoformat(getattr(row, name))


def _evidence(row: Row) -> str:
    lines = [_line(item) for item in row.evidence]
    return "\n".join([*lines, f"и ещё {row.more}: {row.url}"] if row.more else lines)


def _line(item: Evidence) -> str:
    counted = "" if item.is_counted else " (ждёт подтверждения)"
    return f"{day_words(item.on)} {item.title}{counted}" + (f" {item.url}" if item.url else "")


# Name in the code → column; the first five of words hold the cells of the document
COLUMNS: dict[str, Column] = {
    "position": Column("Место", "position", kind="number"),
    "number_text": Column("№", "number"),
    "period_text": Column("Сроки", "period"),
    "title_text": Column("Наименование", "title"),
    "result_text": Column("Планируемый результат", "result"),
    "responsible_text": Column("Ответственный", "responsible"),
    "section": Column("Раздел", "heading"),
    "starts_on": Column("Начало", _day("starts_on"), kind="date", key="starts_on"),
    "ends_on": Column("Окончание", _day("ends_on"), kind="date", key="ends_on"),
    "planned": Column("План", "planned", kind="number"),
    "unit": Column("Единица", "unit"),
    "confirmed": Column("Факт", "confirmed", kind="number"),
    "in_period": Column("Факт за период", "in_period", kind="number"),
    "status": Column("Статус", "status"),
    "percent": Column("Выполнено, %", "percent", kind="number"),
    "evidence": Column("Подтверждения", _evidence, key="evidence"),
    "reason": Column("Причина изменения", lambda row: "", key="reason"),
    "order_number": Column("№ приказа", lambda row: "", key="order_number"),
    "order_date": Column("Дата приказа", lambda row: None, kind="date", key="order_date"),
}
WORDS = ("number_text", "period_text", "title_text", "result_text", "responsible_text")
READ_ONLY = ("section", "confirmed", "in_period", "status", "percent", "evidence")
