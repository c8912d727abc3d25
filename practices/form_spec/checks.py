"""What is checked across the fields of a passport before it is sent (practice_form, «Automatic checks»)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from django.utils import timezone

_FEWEST_MEASURED = 2
_NOT_YET_MEASURED = {"zamysel", "aprobatsiya"}
_VIDEO_HOSTS = ("rutube.ru", "vk.com", "vkvideo.ru", "vk.ru", "disk.yandex.ru", "yandex.ru")


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
    host = (urlsplit(answers["video_url"]).hostname or "") if answers["video_url"] else ""
    if host and not any(host == known or host.endswith(f".{known}") for known in _VIDEO_HOSTS):
        yield "video_url", f"Видео с {host} показать не сможем. Подойдут RuTube, VK Видео или Яндекс Диск."


CHECKS = (_measured, _period, _names, _authors, _video)
