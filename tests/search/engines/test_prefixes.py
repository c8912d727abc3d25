"""Names found by the beginnings of their words, and many short texts held as one."""

from __future__ import annotations

import pytest

from search.engines.prefixes import Lines, PrefixIndex

pytestmark = pytest.mark.unit

NAMES = ["Мультстудия «Арбузик»", "Степной дневник", "Мягкий старт"]


def test_lines_are_what_was_put_in():
    lines = Lines(iter([*NAMES, "", "ещё"]))
    assert list(lines) == [*NAMES, "", "ещё"]
    assert (len(lines), lines[-1], lines[1:3]) == (5, "ещё", NAMES[1:])
    with pytest.raises(IndexError):
        lines[5]


@pytest.mark.parametrize(
    ("typed", "found"), [("м", [0, 2]), ("дне степ", [1]), ("арбуз", [0]), ("удия", []), ("", []), (" ", [])]
)
def test_every_word_typed_begins_a_word_of_the_name(typed, found):
    assert PrefixIndex(NAMES, range(3)).find(typed, 5) == found
