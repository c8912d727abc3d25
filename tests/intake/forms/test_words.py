"""Answers in words."""

from __future__ import annotations

import pytest

from portal.intake.forms.spec import Column, Field
from portal.intake.forms.words import in_words

pytestmark = pytest.mark.unit
OPTIONS = (("a", "Первое"), ("b", "Второе"))
COLUMNS = (Column(name="name", label="Что"), Column(name="before", label="До", type="number", required=False))


@pytest.mark.parametrize(
    ("field", "answer", "words"),
    [
        ({"type": "text"}, "", ""),
        ({"type": "checkbox"}, False, "Нет"),
        ({"type": "checkbox"}, True, "Да"),
        ({"type": "select", "options": OPTIONS}, "b", "Второе"),
        ({"type": "multiselect", "options": OPTIONS}, ["a", "b"], "Первое; Второе"),
        ({"type": "tags"}, ["речь", "книга"], "речь; книга"),
        ({"type": "month"}, "2024-09", "сентябрь 2024"),
        ({"type": "date"}, "2024-09-05", "5 сентября 2024"),
        ({"type": "number"}, 4.5, "4,5"),
        ({"type": "reference"}, {"value": "x", "label": "Детский сад № 1"}, "Детский сад № 1"),
        ({"type": "files"}, [{"name": "план.pdf", "title": ""}], "план.pdf"),
        ({"type": "rows", "columns": COLUMNS}, [{"name": "Доля", "before": 0}], "1. Что: Доля; До: 0"),
        ({"type": "rows", "columns": COLUMNS[:1]}, [{"name": "Раз"}, {"name": "Два"}], "1. Раз\n2. Два"),
    ],
)
def test_an_answer_is_said_in_words(field, answer, words):
    assert in_words(Field(name="x", label="Х", **field), answer) == words
