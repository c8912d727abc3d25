"""Names of columns in uploaded tables: matched as a person would, never by position."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from portal.core.text import single_line


class SheetError(ValueError):
    """An uploaded table that is refused; `str()` is a Russian sentence for the person who sent it."""


@dataclass(frozen=True, slots=True)
class _Words:
    missing: str
    repeated: str
    unknown: str


_COLUMNS = _Words("не хватает столбцов", "столбцы повторяются", "неизвестный столбец")
_FIELDS = _Words("не хватает полей", "поля повторяются", "неизвестное поле")


class Headers:
    """The names a table must and may have, and their other spellings; the first alias is what messages call a name."""

    def __init__(self, required: Sequence[str], optional: Sequence[str], aliases: Mapping[str, Sequence[str]]) -> None:
        """Raise ValueError when two names share a spelling: that is a fault of the program, not of the file."""
        self.names = (*required, *optional)
        self._required = tuple(required)
        self._titles = {name: (aliases.get(name) or (name,))[0] for name in self.names}
        self._spellings: dict[str, str] = {}
        for name in self.names:
            for spelling in {_key(name), *map(_key, aliases.get(name, ()))}:
                if spelling in self._spellings:
                    raise ValueError(f"Header «{spelling}» means both {self._spellings[spelling]} and {name}")
                self._spellings[spelling] = name

    def title(self, name: str) -> str:
        """Name as people call it."""
        return self._titles[name]

    def known_among(self, titles: Sequence[str]) -> int:
        """How many of the titles are known names."""
        return sum(_key(title.strip('"\ufeff')) in self._spellings for title in titles)

    def match(self, titles: Sequence[str]) -> list[str | None]:
        """Name of each column, None for a blank title. Raises SheetError naming all that is wrong."""
        names = [self._spellings.get(_key(title)) for title in titles]
        problems = self._problems(titles, names, _COLUMNS)
        if problems:
            raise SheetError(f"{problems[0].upper()}{problems[1:]}.")
        return names

    def match_keys(self, keys: Sequence[str], line: int) -> list[str]:
        """Name of each key of a JSON object. Raises SheetError naming the line too."""
        names = [self._spellings.get(_key(key)) for key in keys]
        problems = self._problems([key if _key(key) else "(пусто)" for key in keys], names, _FIELDS)
        if problems:
            raise SheetError(f"Строка {line}: {problems}.")
        return [name for name in names if name is not None]

    def _problems(self, titles: Sequence[str], names: Sequence[str | None], words: _Words) -> str:
        problems = []
        missing = [name for name in self._required if name not in names]
        if missing:
            problems.append(f"{words.missing}: {self._quote(missing)}")
        repeated = [name for name in self.names if names.count(name) > 1]
        if repeated:
            problems.append(f"{words.repeated}: {self._quote(repeated)}")
        problems += [
            f"{words.unknown} «{single_line(title)[:60]}»{self._nearest(title)}"
            for title, name in zip(titles, names, strict=True)
            if name is None and _key(title)
        ]
        return "; ".join(problems)

    def _quote(self, names: Sequence[str]) -> str:
        return ", ".join(f"«{self.title(name)}»" for name in names)

    def _nearest(self, title: str) -> str:
        near = get_close_matches(_key(title)[:100], self._spellings, n=1, cutoff=0.6)
        return f" (возможно, это «{self.title(self._spellings[near[0]])}»)" if near else ""


def _key(title: str) -> str:
    return single_line(title).casefold().replace("ё", "е")
