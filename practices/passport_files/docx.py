"""Passport of a practice as a Word file that people edit: real heading styles, Russian, a flagged table header.

Worker only: python-docx, lxml and qrcode are loaded here and must stay out of web processes (SPEED).
"""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime
from typing import Any

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph

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
from practices.passport_files.content import Bullets, Paragraph, Passport, cleaned, one_line
from practices.passport_files.outline import (
    Block,
    Callout,
    Facts,
    IndicatorTable,
    NumberedStep,
    Outline,
    Subsection,
    Table,
    outline,
)
from practices.passport_files.qr import has_qr, is_web_address, qr_png

STYLES = (
    ("Normal", 11, INK, 0, 6),
    ("Heading 1", 22, INK, 6, 8),
    ("Heading 2", 15, RIVER, 18, 6),
    ("Heading 3", 11.5, INK, 10, 3),
    ("List Bullet", 11, INK, 0, 3),
)
WARN = RGBColor(0x9A, 0x5B, 0x00)
SKY_HEX, SAND_HEX, WARN_TINT_HEX = "E9F4F7", "F3F0E7", "FDF0D5"
TEXT_WIDTH_MM = 170
WIDE_FIRST_MM = (104, 40, 26)
QR_ALT = "QR-код со ссылкой на страницу практики"


def render_docx(passport: Passport, *, made_on: datetime) -> bytes:
    """Return the passport as a DOCX file.

    `made_on` (aware) is the only date in the file, inside the archive too, so the same passport and date give the same
    bytes. Text is cleaned first. Raises ValueError for a naive `made_on`.
    """
    if made_on.tzinfo is None:
        raise ValueError("made_on must know its time zone")
    passport = cleaned(passport)
    shown = outline(passport)
    document = new_document(STYLES)
    _describe(document, passport, shown, made_on)
    _head(document, passport, shown)
    for section in shown.sections:
        document.add_heading(section.title, level=2)
        for block in section.blocks:
            _add_block(document, block)
    _footer(document, shown.source, passport.url)
    return file_bytes(document, made_on=made_on)


def _describe(document: Document, passport: Passport, shown: Outline, made_on: datetime) -> None:
    describe(
        document,
        title=shown.title,
        author=one_line(passport.organisation),
        subject="Паспорт практики",
        keywords=", ".join(passport.tags),
        made_on=made_on,
    )


def _head(document: Document, passport: Passport, shown: Outline) -> None:
    for text in shown.notices:
        notice = document.add_paragraph()
        _shade(notice, WARN_TINT_HEX)
        add_run(notice, text, bold=True, colour=WARN)
    add_run(document.add_paragraph(), "Паспорт практики", bold=True, colour=RIVER, size=9.5)
    document.add_heading(shown.title, level=1)
    if shown.badge:
        add_run(document.add_paragraph(), f"★ {shown.badge}", bold=True, colour=RIVER)
    for block in shown.summary:
        _add_block(document, block)
    for label, value in (*shown.facts, *shown.glance):
        _shade(_fact(document, label, value), SAND_HEX)
    if has_qr(passport.url):
        _qr_picture(document, passport.url)
    if is_web_address(passport.url):
        add_hyperlink(document.add_paragraph(), passport.url, "Открыть страницу практики")


def _qr_picture(document: Document, url: str) -> None:
    picture = document.add_picture(io.BytesIO(qr_png(url)), width=Mm(32))
    properties = picture._inline.docPr  # python-docx has no public way to describe a picture
    properties.set("name", "QR-код")
    properties.set("descr", QR_ALT)
    document.paragraphs[-1].paragraph_format.keep_with_next = True


def _add_block(document: Document, block: Block) -> None:
    _WRITERS[type(block)](document, block)


def _add_paragraph(document: Document, block: Paragraph) -> None:
    document.add_paragraph(block.text)


def _add_bullets(document: Document, block: Bullets) -> None:
    for item in block.items:
        document.add_paragraph(item, style="List Bullet")


def _add_step(document: Document, block: NumberedStep) -> None:
    document.add_heading(f"{block.number}. {block.title}", level=3)
    _add_texts(document, block.blocks)


def _add_subsection(document: Document, block: Subsection) -> None:
    document.add_heading(block.title, level=3)
    _add_texts(document, block.blocks)


def _add_facts(document: Document, block: Facts) -> None:
    for label, value in block.pairs:
        _fact(document, label, value)


def _add_callout(document: Document, block: Callout) -> None:
    first = len(document.paragraphs)
    add_run(document.add_paragraph(), block.label, bold=True)
    _add_texts(document, block.blocks)
    for paragraph in document.paragraphs[first:]:
        _shade(paragraph, SKY_HEX)
        paragraph.paragraph_format.space_after = Pt(0)


def _add_table(document: Document, block: Table) -> None:
    if block.title:
        document.add_heading(block.title, level=3)
    _table(document, block.header, block.rows, widths_mm=(85, 85) if len(block.header) == 2 else WIDE_FIRST_MM)


def _add_texts(document: Document, blocks: tuple[Paragraph | Bullets, ...]) -> None:
    for block in blocks:
        _add_block(document, block)


def _fact(document: Document, label: str, value: str) -> WordParagraph:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(3)
    add_run(paragraph, f"{label}: ", bold=True)
    paragraph.add_run(value)
    return paragraph


def _add_indicators(document: Document, block: IndicatorTable) -> None:
    table = _table(
        document,
        ("Показатель", "До", "После"),
        tuple((row.name, row.before, row.after) for row in block.rows),
        widths_mm=WIDE_FIRST_MM,
    )
    for cells, row in zip(table.rows[1:], block.rows, strict=True):
        name, _before, after = cells.cells
        for run in after.paragraphs[0].runs:
            run.bold, run.font.color.rgb = True, RIVER
        if row.method:
            method = name.add_paragraph()
            method.paragraph_format.space_after = Pt(0)
            add_run(method, f"Как измеряли: {row.method}", colour=INK_2, size=9)


_WRITERS: dict[type, Callable[[Document, Any], None]] = {
    Paragraph: _add_paragraph,
    Bullets: _add_bullets,
    Callout: _add_callout,
    NumberedStep: _add_step,
    Subsection: _add_subsection,
    Facts: _add_facts,
    Table: _add_table,
    IndicatorTable: _add_indicators,
}


def _table(
    document: Document, header: tuple[str, ...], rows: tuple[tuple[str, ...], ...], *, widths_mm: tuple[int, ...]
) -> WordTable:
    table = document.add_table(rows=0, cols=len(header))
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    table.autofit = False
    draw_borders(table, ("top", "bottom", "insideH"))
    for number, texts in enumerate((header, *rows)):
        row = table.add_row()
        for cell, text, width in zip(row.cells, texts, widths_mm, strict=True):
            cell.width = Mm(width)
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(2)
            add_run(paragraph, text, bold=number == 0, colour=INK_2 if number == 0 else None)
        mark_row(row, is_header=number == 0)
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)
    # Word glues two neighbouring tables together and needs a paragraph after the last one.
    document.add_paragraph().paragraph_format.space_after = Pt(0)
    return table


def _footer(document: Document, source: str, url: str) -> None:
    footer = document.sections[0].footer
    paragraph = footer.paragraphs[0]
    paragraph.style.font.size, paragraph.style.font.color.rgb = Pt(8.5), INK_2
    for stop in list(paragraph.style.paragraph_format.tab_stops):
        stop._element.getparent().remove(stop._element)
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(TEXT_WIDTH_MM), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(f"{source}\t")
    add_field(paragraph, "PAGE")
    paragraph.add_run(" из ")
    add_field(paragraph, "NUMPAGES")
    if url:
        footer.add_paragraph(url, style="Footer")


def _shade(paragraph: WordParagraph, colour_hex: str) -> None:
    shading = OxmlElement("w:shd")
    for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", colour_hex)):
        shading.set(qn(name), value)
    properties = paragraph._p.get_or_add_pPr()
    # The schema fixes the order of a paragraph's properties; Word calls a file out of order broken.
    properties.insert_element_before(shading, "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")
