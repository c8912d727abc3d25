"""What is checked across the fields of a passport before it is sent (practice_form, «Automatic checks»)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.intake.domain.hosts import check_video_address
from portal.intake.domain.personal_data import find_foreign_links

_FEWEST_MEASURED = 2
_NOT_YET_MEASURED = {"zamysel", "aprobatsiya"}


def _measured(answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """At least two indicators have both numbers; an idea and a first trial may have none yet."""
    if answers.get("maturity") in _NOT_YET_MEASURED:
        return
    whole = [row for row in answers["indicators"] if row.get("before") is not None and row.get("after") is not None]
    if len(whole) < _FEWEST_MEASURED:
        yield (
            "indicators",
            "Нужны числа «до» и «после» хотя бы у двух показателей. Не измеряли? Тогда степень зрелости — замысел или "
            "апробация.",
        )


def _period(answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    start, end = answers["period_start"], answers["period_end"]
    if start and start > f"{timezone.localdate():%Y-%m}":
        yield "period_start", "Начало ещё не наступило. Укажите месяц, когда практика началась."
    if start and end and end < start:
        yield "period_end", "Окончание раньше начала. Исправьте одно из двух."


def _names(answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    agreed = set(answers["consent_spread"])
    silent = [row["name"] for row in answers["author_names"] if row["id"] not in agreed]
    if silent:
        yield "consent_spread", f"Нет согласия на распространение: {', '.join(silent)}. Без него уберите имя."


def _authors(answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for number, row in enumerate(answers["authors"], start=1):
        count = row.get("count")
        if count is not None and (count < 1 or count != int(count)):
            yield "authors", f"Автор {number}: число авторов — целое, от одного."


def _video(answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    try:
        check_video_address(answers["video_url"])
    except ValidationError as error:
        yield "video_url", error.messages[0]


def _links(answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Links to foreign networks and services are refused wherever they stand."""
    texts = {name: value for name, value in answers.items() if name != "video_url"}
    for found in find_foreign_links(texts):
        yield found.field, f"«{found.words}» — {found.kind.value}. {found.kind.cure}"


CHECKS = (_measured, _period, _names, _authors, _video, _links)
