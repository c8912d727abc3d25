"""Pools of phrases for generated practices, taken from the demonstration's own texts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from portal.demo import content


@dataclass
class Theme:
    """Practices of one kind put together: whatever is drawn from one theme stands side by side without nonsense."""

    areas: list[str]
    kinds: list[str]
    tags: list[str]
    names: list[str]
    frames: list[str]
    rows: list[dict[str, Any]] = field(default_factory=list)

    def texts(self, name: str) -> list[str]:
        """Return the texts of one field of the theme's practices."""
        return [row[name] for row in self.rows if row.get(name)]

    def items(self, name: str) -> list[Any]:
        """Return the rows of one list field of the theme's practices, all together."""
        return [item for row in self.rows for item in row.get(name, [])]

    def slugs(self, vocabulary: str) -> list[str]:
        """Return the values of one vocabulary that the theme's practices have, the frequent ones several times."""
        return [slug for row in self.rows for slug in row["terms"].get(vocabulary, [])]


def themes() -> list[Theme]:
    """Return the themes with their practices."""
    rows = {row["slug"]: row for row in content.practices()}
    return [
        Theme(**{**words, "rows": [rows[slug] for slug in words["rows"]]}) for words in content.read("scale")["themes"]
    ]


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a text."""
    for part in text.replace("? ", "?\n").replace(". ", ".\n").replace("! ", "!\n").split("\n"):
        if part.strip():
            yield part.strip()
