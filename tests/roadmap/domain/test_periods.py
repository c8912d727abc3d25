"""Months and their words."""

from __future__ import annotations

import datetime as dt

import pytest

from portal.roadmap.domain.periods import add_months, shift_period, shift_years

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("day", "months", "moved"),
    [
        ((2022, 1, 31), 1, (2022, 2, 28)),
        ((2022, 2, 28), 12, (2023, 2, 28)),
        ((2022, 2, 28), 1, (2022, 3, 31)),
        ((2022, 1, 30), 1, (2022, 2, 28)),
        ((2021, 12, 1), 57, (2026, 9, 1)),
        ((2022, 3, 31), -1, (2022, 2, 28)),
    ],
)
def test_a_month_later_keeps_the_day_and_the_end_of_the_month(day, months, moved):
    assert add_months(dt.date(*day), months) == dt.date(*moved)


@pytest.mark.parametrize(
    ("text", "months", "moved"),
    [
        ("Декабрь 2021", 57, "Сентябрь 2026"),
        ("Январь-декабрь 2022", 12, "Январь-декабрь 2023"),
        ("Февраль – май 2022", 12, "Февраль – май 2023"),
        ("Февраль – май 2022", 57, "Ноябрь 2026 – февраль 2027"),
        ("Апрель 2022 – сентябрь 2022", 12, "Апрель 2023 – сентябрь 2023"),
        ("Сентябрь 2022 – май 2023", 12, "Сентябрь 2023 – май 2024"),
        ("1 раз в квартал", 57, "1 раз в квартал"),
        ("в течение года", 12, "в течение года"),
        ("до 15 апреля", 12, "до 15 апреля"),
        ("Март \n2022 ", 1, "Апрель \n2022 "),
    ],
)
def test_words_of_a_period_move_in_their_own_manner(text, months, moved):
    assert shift_period(text, months) == moved


def test_years_of_a_title_move():
    assert shift_years("Дорожная карта на 2021–2022 учебный год", 5) == "Дорожная карта на 2026–2027 учебный год"
