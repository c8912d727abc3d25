"""A plan as a Word file in the layout of the approved table, with the column «Факт».

Worker only: python-docx and lxml are loaded here and must stay out of web processes (SPEED).
"""

from __future__ import annotations

from datetime import datetime

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm
from docx.table import Table, _Cell

from portal.core.text import strip_control_characters
from portal.core.word import (
    INK,
    INK_2,
    RIVER,
    add_field,
    add_hyperlink,
    add_run,
    describe,
    draw_borders,
    file_bytes,
    mark_row,
    new_document,
)
from portal.roadmap.domain.reading import COLUMNS
from portal.roadmap.domain.report import Evidence, Report, Row, day_words

STYLES = (("Normal", 9, INK, 0, 2), ("Heading 1", 14, INK, 0, 4))
MARGIN_MM = 15
WIDTHS_MM = (11, 25, 65, 65, 46, 55)  # of A4 across: 297 − 2 · 15
FACT = "Факт"
BORDER_HEX = "7B8A90"
SMALL = 8
WHOLE = 4  # a row with more evidence may go over to the next page: kept whole it would leave half a page blank


def render_docx(report: Report, *, made_on: datetime) -> bytes:
    """Return the report as a DOCX file: landscape, the header row repeated, a row over all columns for each section.

    `made_on` (aware) is the only date inside, so the same report and date give the same bytes.
    """
    document = new_document(STYLES, margin_mm=MARGIN_MM, is_landscape=True)
    describe(document, title=report.title, author="", subject=report.plan, keywords="", made_on=made_on)
    document.add_heading(_clean(report.title), level=1).alignment = WD_ALIGN_PARAGRAPH.CENTER
    _subtitle(document, report)
    table = document.add_table(rows=0, cols=len(WIDTHS_MM))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    draw_borders(table, ("top", "left", "bottom", "right", "insideH", "insideV"), colour_hex=BORDER_HEX)
    _add_header(table)
    for heading, rows in report.sections():
        _add_section(table, heading)
        for row in rows:
            _add_item(table, row)
    for column, width in zip(table.columns, WIDTHS_MM, strict=True):
        column.width = Mm(width)
    _footer(document, report)
    return file_bytes(document, made_on=made_on)


def _subtitle(document: Document, report: Report) -> None:
    what = f"Отчёт о выполнении {report.words}" if report.words else "План и факт"
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    told = f"{what}. Сведения на {day_words(report.day)}: выполнено {report.done} из {report.total} пунктов."
    add_run(paragraph, told, colour=INK_2)


def _add_header(table: Table) -> None:
    row = table.add_row()
    for cell, name in zip(row.cells, (*COLUMNS, FACT), strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        add_run(paragraph, name, bold=True)
    _set_widths(row.cells)
    mark_row(row, is_header=True)


def _add_section(table: Table, heading: str) -> None:
    row = table.add_row()
    _set_widths(row.cells)
    merged = row.cells[0].merge(row.cells[-1])
    paragraph = merged.paragraphs[0]
    paragraph.paragraph_format.keep_with_next = True
    add_run(paragraph, _clean(heading), bold=True, colour=RIVER, size=10)
    mark_row(row)


def _add_item(table: Table, item: Row) -> None:
    row = table.add_row()
    for cell, text in zip(row.cells, item.cells, strict=False):
        _write(cell, text)
    _write_fact(row.cells[-1], item)
    _set_widths(row.cells)
    if len(item.evidence) <= WHOLE:
        mark_row(row)


def _set_widths(cells: tuple[_Cell, ...]) -> None:
    for cell, width in zip(cells, WIDTHS_MM, strict=True):
        cell.width = Mm(width)


def _write(cell: _Cell, text: str) -> None:
    """Write the lines of a cell of the document, each as its own paragraph."""
    for number, line in enumerate(_clean(text).split("\n")):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        add_run(paragraph, line)


def _write_fact(cell: _Cell, item: Row) -> None:
    add_run(cell.paragraphs[0], _clean(item.fact), bold=True)
    if item.moved:
        add_run(cell.add_paragraph(), f"Срок перенесён: {item.moved}", size=SMALL)
    for evidence in item.evidence:
        _write_evidence(cell, evidence)
    if item.more:
        paragraph = cell.add_paragraph()
        add_run(paragraph, f"и ещё {item.more}: ", size=SMALL)
        add_hyperlink(paragraph, item.url, "страница пункта", size=SMALL)


def _write_evidence(cell: _Cell, evidence: Evidence) -> None:
    paragraph = cell.add_paragraph()
    add_run(paragraph, f"{day_words(evidence.on)} ", size=SMALL)
    title = _clean(evidence.title)
    if evidence.url:
        add_hyperlink(paragraph, evidence.url, title, size=SMALL)
    else:
        add_run(paragraph, title, size=SMALL)
    if not evidence.is_counted:
        add_run(paragraph, " (ждёт подтверждения)", colour=INK_2, size=SMALL)


def _footer(document: Document, report: Report) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    add_run(paragraph, f"{_clean(report.plan)}. Страница ", colour=INK_2, size=SMALL)
    add_field(paragraph, "PAGE")
    add_run(paragraph, " из ", colour=INK_2, size=SMALL)
    add_field(paragraph, "NUMPAGES")


def _clean(text: str) -> str:
    return strip_control_characters(text)
