"""Titles of the bank that resemble a new one."""

from __future__ import annotations

import pytest

from practices.domain.similar import similar_titles
from tests.factories.practices import PracticePageFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def titles(title, **options):
    return [found.title for found in similar_titles(title, **options)]


@pytest.fixture
def shawls(bank):
    for number in range(12):
        PracticePageFactory(parent=bank, title=f"Игры с песком и водой, выпуск {number}")
    return PracticePageFactory(parent=bank, title="Ниточка к ниточке: пуховый платок как путь в народную культуру")


def test_a_title_in_other_cases_and_order_is_found(shawls):
    assert titles("Путь в народную культуру через пуховые платки") == [shawls.title]
    assert titles("НИТОЧКА К НИТОЧКЕ — пуховый платок") == [shawls.title]


def test_common_words_alone_make_no_likeness(shawls):
    assert titles("Путь к здоровью через плавание") == []
    assert titles("") == []
    assert titles("«» — !") == []


def test_only_public_practices_are_named(siblings):
    assert titles("Степной дневник") == [siblings.shown.title]
    for hidden in siblings.hidden:
        assert hidden.title not in titles(hidden.title)


def test_the_practice_that_is_being_updated_is_not_its_own_likeness(shawls):
    assert titles(shawls.title, exclude=shawls.pk) == []


def test_at_most_three_are_named_and_the_nearest_is_the_first(bank, shawls):
    for number in range(5):
        PracticePageFactory(parent=bank, title=f"Пуховый платок: народная культура {number}")
    exact = PracticePageFactory(parent=bank, title="Пуховый платок и народная культура края")
    found = titles("Пуховый платок и народная культура края")
    assert len(found) == 3
    assert found[0] == exact.title


def test_a_withdrawn_practice_is_no_longer_named(shawls, committed):
    assert titles(shawls.title) == [shawls.title]
    with committed():
        shawls.unpublish()
    assert titles(shawls.title) == []


def test_the_bank_is_read_once(shawls, django_assert_num_queries):
    similar_titles(shawls.title)
    with django_assert_num_queries(0):
        similar_titles("Пуховый платок")
