"""The approved document read from its own text: a title, five names of columns, headings of sections, rows of cells."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

DOCUMENT = Path(__file__).with_name("approved_document.txt")
WIDTH = 5


@dataclass
class Approved:
    title: str
    columns: list[str]
    sections: list[tuple[str, list[list[str]]]] = field(default_factory=list)

    @property
    def rows(self):
        return [row for _heading, rows in self.sections for row in rows]


def squeezed(text):
    """The same letters: white space runs are equal."""
    return " ".join(text.split())


def read_approved():
    """A cell begins with a tab; a number cell may be blank and stand before the tab of the next one."""
    title, rest = DOCUMENT.read_text(encoding="utf-8").split("\n", 1)
    cells = []
    for line in rest.split("\n"):
        before, tab, after = line.partition("\t")
        if tab:
            cells += [before, after] if before else [after]
        elif cells:
            cells[-1] += f"\n{line}"
    cells = [squeezed(cell) for cell in cells]
    document = Approved(squeezed(title), cells[:WIDTH])
    place = WIDTH
    while place < len(cells):
        if re.fullmatch(r"(\d+\.?)?", cells[place]):
            document.sections[-1][1].append(cells[place : place + WIDTH])
            place += WIDTH
        else:
            document.sections.append((cells[place], []))
            place += 1
    return document


def words_of(element):
    """What an element says, its pieces parted by spaces."""
    return squeezed(" ".join(element.itertext()))
