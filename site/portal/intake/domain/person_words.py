"""Russian names of people in any case, from the lists of `reference/personal_data.yaml`."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

_REFERENCE = Path(__file__).parents[1] / "reference" / "personal_data.yaml"
# Endings of surnames in the cases of Russian, the longest first: «Выготского», «Выготскому» and «Выготский» are one.
_ENDINGS = ("ыми", "ими", "ого", "его", "ому", "ему", "ых", "их", "ым", "им", "ой", "ый", "ий", "ая", "ую", "ом", "ем")
_SHORT_ENDINGS = ("а", "у", "е", "ы", "и", "ю", "я", "й", "ь", "о")
_NAME_CASES = {
    "а": "(?:а|ы|и|е|у|ой|ою|ей)",
    "я": "(?:я|и|е|ю|ей|ёй)",
    "й": "(?:й|я|ю|ем|е|и)",
    "ь": "(?:ь|я|ю|ем|е|и)",
}
_INITIALS = re.compile(r"[А-ЯЁ](?=\.)")


@dataclass(frozen=True)
class Words:
    """The lists of the guard, ready to be asked."""

    given: str  # a pattern of first names in every case
    known: dict[str, set[str]]  # stem of a surname → initials («ЕО»), none: any
    characters: frozenset[str]
    cites: re.Pattern[str]
    places: re.Pattern[str]
    alone: re.Pattern[str]
    together: re.Pattern[str]

    def is_known(self, surname: str, initials: str = "") -> bool:
        """Tell whether a description cites this person: an author of a method, a writer, a painter."""
        allowed = self.known.get(stem(surname))
        if allowed is None:
            return False
        return not allowed or initials in allowed

    def is_character(self, *names: str) -> bool:
        """Tell whether one of the names belongs to a fairy tale."""
        return any(stem(name) in self.characters for name in names)


def stem(surname: str) -> str:
    """Return a surname without the ending of its case, so that two cases of one surname meet."""
    word = surname.lower().replace("ё", "е")
    for ending in (*_ENDINGS, *_SHORT_ENDINGS):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


@functools.cache
def words() -> Words:
    """Return the lists, read once for a process."""
    lists: dict[str, Any] = yaml.safe_load(_REFERENCE.read_text(encoding="utf-8"))
    given = sorted({_in_cases(name) for name in _split(lists["given_names"])}, key=len, reverse=True)
    known: dict[str, set[str]] = {}
    for entry in _split(lists["known"]):
        surname, _, initials = entry.partition(" ")
        known.setdefault(stem(surname), set()).update(["".join(_INITIALS.findall(initials))] if initials else [])
    health = lists["diagnoses"]
    return Words(
        given="|".join(given),
        known=known,
        characters=frozenset(stem(name) for name in _split(lists["characters"])),
        cites=_beginning(_split(lists["cites"])),
        places=re.compile(r"(?:^|[\s(«])(?:" + "|".join(map(re.escape, lists["places"])) + r")\s+$", re.IGNORECASE),
        alone=_beginning(health["alone"]),
        together=_beginning(health["together"]),
    )


def _split(lines: Iterable[str]) -> list[str]:
    return [entry.strip() for line in lines for entry in line.split(",")]


def _in_cases(name: str) -> str:
    last = name[-1]
    if last in _NAME_CASES:
        return re.escape(name[:-1]) + _NAME_CASES[last]
    if name == "Пётр":
        return "П(?:ётр|етр(?:а|у|ом|е))"
    if name == "Павел":
        return "Пав(?:ел|л(?:а|у|ом|е))"
    return re.escape(name) + "(?:а|у|ом|ем|е)?"


def _beginning(starts: Iterable[str]) -> re.Pattern[str]:
    """A pattern of words that begin so; what is written in capitals is an abbreviation, matched whole and as it is."""
    parts = []
    for start in starts:
        if start.isupper():
            parts.append(rf"(?-i:{re.escape(start)})(?!\w)")
        else:
            first, *rest = start.split(" ")
            parts.append(r"\w*\s+".join(re.escape(part) for part in (first, *rest)) + r"[\w-]*")
    return re.compile(r"(?<!\w)(?:" + "|".join(parts) + ")", re.IGNORECASE)
