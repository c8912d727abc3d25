from __future__ import annotations

import dataclasses
import subprocess
import sys

import pytest

from practices.passport_files.content import (
    AuthorLine,
    Bullets,
    Indicator,
    Paragraph,
    Passport,
    Step,
    clean_text,
    cleaned,
    format_measure,
    format_number,
    parse_text,
)
from practices.passport_files.outline import (
    DEMO_NOTICE,
    INCOMPLETE_NOTICE,
    Facts,
    IndicatorTable,
    Table,
    outline,
)

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("a\x00b\x1bc\x7f", "abc"),
        ("справа\u202eналево\u202c", "справаналево"),
        ("не\u00adви\u200bди\ufeffмо", "невидимо"),
        ("суррогат\ud800 и \ufffe\U0010ffff", "суррогат и"),
        ("первая\r\nвторая\rтретья\u2028четвёртая", "первая\nвторая\nтретья\nчетвёртая"),
        ("и\u0306", "й"),
        ("  много \t  пробелов  ", "много пробелов"),
        ("10\u00a0%", "10\u00a0%"),
        ("смайлик 😀", "смайлик 😀"),
    ],
)
def test_clean_text_keeps_only_what_a_reader_sees(written, kept):
    assert clean_text(written) == kept


def test_cleaned_reaches_every_row_and_drops_blank_ones():
    dirty = Passport(
        title="a\x00",
        tags=("b\x00", "\x00", ""),
        steps=(Step(title="c\x00", text="d\x00"), Step(text=" \n\x00")),
        authors=(AuthorLine(post="e\x00", names=("f\x00",)), AuthorLine()),
        indicators=(Indicator(name="g", before=float("nan"), after=float("inf")), Indicator(before=0.0, after=3.0)),
        is_demo=True,
    )

    assert cleaned(dirty) == Passport(
        title="a",
        tags=("b",),
        steps=(Step(title="c", text="d"),),
        authors=(AuthorLine(post="e", names=("f",)),),
        indicators=(Indicator(name="g"), Indicator(before=0.0, after=3.0)),
        is_demo=True,
    )


def test_text_is_paragraphs_and_lists_and_nothing_else():
    text = "Начало.\n\n- раз\n- два\n– три\nСередина - с тире.\n-без пробела\n— Прямая речь\n* не список\n1. не список"

    assert parse_text(text) == (
        Paragraph("Начало."),
        Bullets(("раз", "два", "три")),
        Paragraph("Середина - с тире."),
        Paragraph("-без пробела"),
        Paragraph("— Прямая речь"),
        Paragraph("* не список"),
        Paragraph("1. не список"),
    )


def test_text_that_is_empty_has_no_blocks():
    assert parse_text("") == ()
    assert parse_text("- один") == (Bullets(("один",)),)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (4.1, "4,1"),
        (67, "67"),
        (67.0, "67"),
        (0, "0"),
        (-0.001, "0"),
        (-3.5, "−3,5"),
        (0.126, "0,13"),
        (1234, "1234"),
        (12345.5, "12\u00a0345,5"),
        (100, "100"),
        (1_000_000, "1\u00a0000\u00a0000"),
        (-1e308, "−1e+308"),
    ],
)
def test_numbers_are_written_the_russian_way(number, words):
    assert format_number(number) == words


def test_measure_keeps_its_unit_on_the_line_and_admits_missing_data():
    assert format_measure(67, "%") == "67\u00a0%"
    assert format_measure(67, "") == "67"
    assert format_measure(4.5, "дней на ребёнка") == "4,5 дней на ребёнка"
    assert format_measure(None, "%") == "нет данных"


def test_passport_shows_result_before_problem_and_steps(passport):
    assert [section.title for section in outline(passport).sections] == [
        "Что изменилось",
        "Что было не так",
        "Задачи",
        "Участники и охват",
        "Что делали",
        "Как повторить",
        "Что не получилось",
        "Кто уже повторил",
        "Файлы на странице практики",
        "Сведения о практике",
    ]


def test_content_and_order_load_none_of_the_heavy_libraries():
    """Web processes may build a Passport; only the worker may pay for typst and Word (memory budget)."""
    program = (
        "import sys, practices.passport_files.outline;"
        "print([m for m in ('typst', 'docx', 'qrcode', 'lxml', 'PIL', 'django') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert run.stdout.strip() == "[]"


def test_empty_passport_has_no_sections_facts_or_notices():
    shown = outline(Passport())

    assert (shown.sections, shown.facts, shown.glance, shown.notices) == ((), (), (), ())
    assert (shown.title, shown.badge, shown.source) == ("Практика без названия", "", "")


@pytest.mark.parametrize("name", [field.name for field in dataclasses.fields(Passport) if field.name != "url"])
def test_every_field_of_the_passport_is_shown(passport, name):
    without = dataclasses.replace(passport, **{name: Passport.__dataclass_fields__[name].default})

    assert outline(without) != outline(passport), f"поле {name} не видно в паспорте"


def test_section_vanishes_with_its_text(passport):
    titles = {s.title for s in outline(dataclasses.replace(passport, negative="", files=(), replicated_by=())).sections}

    assert not titles & {"Что не получилось", "Файлы на странице практики", "Кто уже повторил"}


def test_notices_follow_the_flags(passport):
    assert outline(passport).notices == (DEMO_NOTICE, INCOMPLETE_NOTICE)
    assert outline(dataclasses.replace(passport, is_demo=False)).notices == (INCOMPLETE_NOTICE,)
    assert outline(dataclasses.replace(passport, is_incomplete=False)).notices == (DEMO_NOTICE,)


def test_authors_are_posts_unless_names_are_given(passport):
    named = dataclasses.replace(
        passport, authors=(AuthorLine(post="Воспитатель", count=2, names=("Автор Первый", "Автор Второй")),)
    )

    assert _fact(passport, "Авторы") == "Старший воспитатель; Воспитатель (3)"
    assert _fact(named, "Авторы") == "Воспитатель: Автор Первый, Автор Второй"


@pytest.mark.parametrize(
    ("unit", "before", "after", "shares"),
    [
        ("%", 20, 50, (0.2, 0.5)),
        ("%", 50, 200, (0.25, 1.0)),
        ("шт.", 5, 10, (0.5, 1.0)),
        ("шт.", 10, 5, (1.0, 0.5)),
        ("шт.", None, 5, (None, 1.0)),
        ("шт.", 0, 0, (None, None)),
        ("%", 0, 0, (0.0, 0.0)),
        ("шт.", -1, 5, (None, None)),
        ("шт.", None, None, (None, None)),
    ],
)
def test_bars_are_drawn_only_on_an_honest_scale(unit, before, after, shares):
    shown = outline(Passport(indicators=(Indicator(name="x", unit=unit, before=before, after=after),)))
    (table,) = shown.sections[0].blocks

    assert isinstance(table, IndicatorTable)
    assert (table.rows[0].before_share, table.rows[0].after_share) == shares


def test_risk_without_a_measure_is_shown_with_a_dash(passport):
    tables = [b for s in outline(passport).sections for b in s.blocks if isinstance(b, Table)]

    assert [table.rows for table in tables] == [
        (("Аллергия на пыльцу", "только нецветущие растения"),),
        (("Карта наблюдений", "PDF, 4 страницы", "1,2 МБ"),),
    ]


def _fact(passport, label):
    facts = [b for s in outline(passport).sections for b in s.blocks if isinstance(b, Facts)]
    return dict(facts[0].pairs)[label]
