"""Kinds of letters: what an editor of a template may and may not write."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import ValidationError

from portal.core import letter_kinds
from portal.core.models import LetterTemplate

pytestmark = pytest.mark.unit
_LINK = re.compile(r"^\{link\}$", re.MULTILINE)


def test_default_wordings_hold_one_link_on_a_line_of_its_own():
    for kind in letter_kinds.all_kinds():
        if "link" in kind.placeholders:
            assert len(_LINK.findall(kind.body)) == 1, kind.kind
            assert kind.body.count("{link}") == 1, kind.kind


def test_every_placeholder_has_a_sample_for_the_preview():
    for kind in letter_kinds.all_kinds():
        assert set(kind.samples) == set(kind.placeholders), kind.kind
        assert "{" not in letter_kinds.substitute(kind.body, {**kind.samples, **letter_kinds.COMMON}), kind.kind


@pytest.mark.parametrize(
    ("body", "words"),
    [("Текст {typo} {link}", "Нет такой подстановки: {typo}"), ("Без ссылки", "не имеет смысла: {link}")],
)
def test_template_with_an_unknown_or_lost_placeholder_is_refused(body, words):
    template = LetterTemplate(kind="account_reset", title="Сброс", subject="Пароль", body=body)
    with pytest.raises(ValidationError) as refused:
        template.clean()
    assert words in refused.value.message_dict["body"][0]


def test_kind_is_not_registered_twice_with_other_words():
    known = letter_kinds.all_kinds()[0]
    letter_kinds.register_kind(known)
    with pytest.raises(ValueError, match="twice"):
        letter_kinds.register_kind(letter_kinds.LetterKind(known.kind, "Другое", "Тема", "Текст"))
