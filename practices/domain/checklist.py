"""Lines of the formal check: is everything there, not how good it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

FORMAL_CHECK: Mapping[str, str] = {
    "complete": "паспорт заполнен по существу, а не отписками",
    "relevant": "это практика дошкольного образования, а не методическая разработка или отчёт",
    "organisation": "организация и муниципалитет указаны верно",
    "consents": "согласия на обработку и на распространение имён на месте",
    "photos": "снимки без имён, бейджей, адресов; о детях на снимках есть заявление организации",
    "personal": "в тексте и файлах нет персональных данных детей и родителей",
    "rights": "права на материалы подтверждены, заимствования указаны",
    "files": "файлы открываются и называются понятно",
}


def cleaned_checklist(values: Mapping[str, Any]) -> dict[str, bool | None]:
    """Return the known lines of `values`: True, False, or None for a line nobody has looked at."""
    return {line: values.get(line) if isinstance(values.get(line), bool) else None for line in FORMAL_CHECK}


def unchecked_lines(values: Mapping[str, Any]) -> list[str]:
    """Return in words the lines that are not ticked."""
    return [words for line, words in FORMAL_CHECK.items() if values.get(line) is not True]
