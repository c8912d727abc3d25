"""The order of a passport file, told once for PDF and DOCX: result first, then problem, steps, how to repeat.

`outline()` turns a `Passport` into headings and blocks of a few kinds; a section without blocks does not exist, so no
output can print an empty heading. Headings are those of the practice's page on the site.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from practices.passport_files.content import (
    AuthorLine,
    Bullets,
    Indicator,
    Paragraph,
    Passport,
    format_measure,
    one_line,
    parse_text,
)

DEMO_NOTICE = "Демонстрационные данные. Организация, участники и результаты вымышлены."
INCOMPLETE_NOTICE = "Описание неполное: часть разделов паспорта не заполнена."


@dataclass(frozen=True)
class Callout:
    """A short text set apart, with a label of one or two words."""

    label: str
    blocks: tuple[Paragraph | Bullets, ...]


@dataclass(frozen=True)
class NumberedStep:
    """A step of the practice; its title is a heading of the third level."""

    number: int
    title: str
    blocks: tuple[Paragraph | Bullets, ...]


@dataclass(frozen=True)
class Subsection:
    """A heading of the third level and its text."""

    title: str
    blocks: tuple[Paragraph | Bullets, ...]


@dataclass(frozen=True)
class Table:
    """A table of plain cells under a header row; `title` is a heading of the third level or empty."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Facts:
    """Short facts, each a (label, value)."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class IndicatorRow:
    """A measured indicator in words; the shares (0 to 1 of a full bar) are None where no honest bar can be drawn."""

    name: str
    method: str
    before: str
    after: str
    before_share: float | None
    after_share: float | None


@dataclass(frozen=True)
class IndicatorTable:
    """Indicators before and after."""

    rows: tuple[IndicatorRow, ...]


Block = Paragraph | Bullets | Callout | NumberedStep | Subsection | Table | Facts | IndicatorTable


@dataclass(frozen=True)
class Section:
    """A heading of the second level with at least one block."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Outline:
    """A passport in reading order; `glance` and `facts` are (label, value) pairs of the head, `source` the footer."""

    title: str
    summary: tuple[Paragraph | Bullets, ...]
    badge: str
    glance: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, str], ...]
    notices: tuple[str, ...]
    sections: tuple[Section, ...]
    source: str


def outline(passport: Passport) -> Outline:
    """Return the outline of a passport that went through `content.cleaned`."""
    return Outline(
        title=one_line(passport.title) or "Практика без названия",
        summary=parse_text(passport.summary),
        badge=_joined(passport.level, passport.level_date, separator=" · "),
        glance=_filled(
            ("Стоимость", passport.cost),
            ("Время на запуск", passport.launch_time),
            ("Доказательность", passport.evidence),
        ),
        facts=_filled(
            ("Организация", passport.organisation),
            ("Муниципальное образование", passport.municipality),
            ("Возраст детей", ", ".join(passport.ages)),
            ("Срок", passport.period),
        ),
        notices=_notices(passport),
        sections=tuple(_sections(passport)),
        source=_joined(passport.portal_name, passport.region, separator=" · "),
    )


def _details(passport: Passport) -> tuple[Block, ...]:
    pairs = _filled(
        ("Авторы", "; ".join(filter(None, map(_author, passport.authors)))),
        ("Вид практики", ", ".join(passport.kinds)),
        ("Образовательные области", ", ".join(passport.areas)),
        ("Области качества", ", ".join(passport.quality_areas)),
        ("Для кого", ", ".join(passport.audiences)),
        ("Направленность групп", ", ".join(passport.group_kinds)),
        ("Особые потребности", ", ".join(passport.special_needs)),
        ("Какое затруднение помогает преодолеть", ", ".join(passport.deficits)),
        ("Степень зрелости", passport.maturity),
        ("Где представлена", passport.approbation),
        ("Темы", ", ".join(passport.tags)),
        ("Условия использования", passport.licence),
        ("Опубликована", passport.published_on),
        ("Подтверждена", passport.confirmed_on),
        ("Номер практики", passport.number),
    )
    return (Facts(pairs),) if pairs else ()


def _author(author: AuthorLine) -> str:
    who = ", ".join(author.names)
    if author.post and who:
        return f"{author.post}: {who}"
    if author.post and author.count > 1:
        return f"{author.post} ({author.count})"
    return author.post or who


def _notices(passport: Passport) -> tuple[str, ...]:
    demo = (DEMO_NOTICE,) if passport.is_demo else ()
    return (*demo, INCOMPLETE_NOTICE) if passport.is_incomplete else demo


def _sections(passport: Passport) -> Iterable[Section]:
    steps = tuple(
        NumberedStep(number, one_line(step.title) or f"Шаг {number}", parse_text(step.text))
        for number, step in enumerate(passport.steps, start=1)
    )
    for title, blocks in (
        ("Что изменилось", (*parse_text(passport.results_summary), *_indicators(passport.indicators))),
        ("Что было не так", (*parse_text(passport.problem), *_callout("Цель", passport.goal))),
        ("Задачи", _bullets(passport.tasks)),
        ("Участники и охват", parse_text(passport.audience_text)),
        ("Что делали", (*steps, *_subsections(("Технологии и методы", passport.technologies)))),
        ("Как повторить", (*parse_text(passport.replication), *_needs(passport), *_risks(passport))),
        ("Что не получилось", parse_text(passport.negative)),
        ("Кто уже повторил", _replicated(passport)),
        ("Файлы на странице практики", _files(passport)),
        ("Сведения о практике", _details(passport)),
    ):
        if blocks:
            yield Section(title, tuple(blocks))


def _needs(passport: Passport) -> tuple[Block, ...]:
    return _subsections(
        ("Кто нужен", passport.staff),
        ("Материалы и стоимость", passport.material),
        ("Методические материалы", passport.information),
        ("Партнёры", passport.partners),
    )


def _risks(passport: Passport) -> tuple[Block, ...]:
    rows = tuple((one_line(row.risk) or "—", one_line(row.mitigation) or "—") for row in passport.risks)
    return _table("Риски и что с ними делать", ("Риск", "Что с ним делать"), rows)


def _replicated(passport: Passport) -> tuple[Block, ...]:
    lines = (_joined(row.organisation, row.note, separator=" — ") for row in passport.replicated_by)
    return _bullets(tuple(lines))


def _files(passport: Passport) -> tuple[Block, ...]:
    rows = tuple((one_line(f.title) or "Без названия", one_line(f.type), one_line(f.size)) for f in passport.files)
    return _table("", ("Файл", "Тип", "Размер"), rows)


def _indicators(indicators: tuple[Indicator, ...]) -> tuple[Block, ...]:
    return (IndicatorTable(tuple(map(_indicator, indicators))),) if indicators else ()


def _indicator(indicator: Indicator) -> IndicatorRow:
    unit = one_line(indicator.unit)
    before_share, after_share = _shares(indicator.before, indicator.after, unit)
    return IndicatorRow(
        name=one_line(indicator.name) or "Показатель",
        method=one_line(indicator.method),
        before=format_measure(indicator.before, unit),
        after=format_measure(indicator.after, unit),
        before_share=before_share,
        after_share=after_share,
    )


def _shares(before: float | None, after: float | None, unit: str) -> tuple[float | None, float | None]:
    """Per cents are drawn on 100 so that bars compare; other units on the larger value; none below zero."""
    known = [number for number in (before, after) if number is not None]
    if not known or min(known) < 0:
        return None, None
    whole = max(known) if unit != "%" else max(100.0, *known)
    if not whole:
        return None, None
    return (
        None if before is None else before / whole,
        None if after is None else after / whole,
    )


def _table(title: str, header: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> tuple[Block, ...]:
    return (Table(title, header, rows),) if rows else ()


def _callout(label: str, text: str) -> tuple[Block, ...]:
    return (Callout(label, parse_text(text)),) if text else ()


def _subsections(*pairs: tuple[str, str]) -> tuple[Block, ...]:
    return tuple(Subsection(title, parse_text(text)) for title, text in pairs if text)


def _bullets(items: tuple[str, ...]) -> tuple[Block, ...]:
    lines = tuple(one_line(item) for item in items if item)
    return (Bullets(lines),) if lines else ()


def _filled(*pairs: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((label, one_line(value)) for label, value in pairs if value)


def _joined(*parts: str, separator: str) -> str:
    return separator.join(one_line(part) for part in parts if part)
