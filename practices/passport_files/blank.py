"""The blank form as a Word file to fill in beside the portal.

Worker only: python-docx is loaded here and must stay out of web processes (SPEED).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from docx.document import Document

from portal.core.word import INK, INK_2, RIVER, add_run, describe, draw_borders, file_bytes, mark_row, new_document

STYLES = (
    ("Normal", 11, INK, 0, 4),
    ("Heading 1", 20, INK, 0, 8),
    ("Heading 2", 15, RIVER, 18, 4),
    ("Heading 3", 11.5, INK, 12, 2),
    ("List Bullet", 10, INK, 0, 1),
)
MOST_CHOICES = 40  # of a longer dictionary the portal offers a search; on paper it would be pages
SHORT_LINES, LONG_LINES = 1, 5


def render_blank(blank: Any, *, made_on: datetime) -> bytes:
    """Return `blank` (see `practices.domain.blank_form`) as a DOCX: a heading for each question, room for the answer."""
    document = new_document(STYLES)
    describe(document, title=blank.title, author=blank.portal, subject="Бланк", keywords="практика", made_on=made_on)
    add_run(document.add_paragraph(), blank.portal, colour=INK_2, size=9.5)
    document.add_heading(f"{blank.title}: бланк для подготовки", level=1)
    document.add_paragraph(
        "Заполните бланк, чтобы собрать ответы вместе с коллегами, а потом перенесите их в форму на портале: "
        "заявки принимаются только там."
    )
    for number, (title, intro, questions) in enumerate(blank.steps, start=1):
        document.add_heading(f"{number}. {title}", level=2)
        if intro:
            document.add_paragraph(intro)
        for question in questions:
            _add_question(document, question)
    return file_bytes(document, made_on=made_on)


def _add_question(document: Document, question: Any) -> None:
    document.add_heading(question.label, level=3)
    add_run(document.add_paragraph(), question.note, colour=INK_2, size=9.5)
    if question.help:
        document.add_paragraph(question.help)
    if question.columns:
        _add_table(document, question.columns, question.rows)
    elif question.choices and len(question.choices) <= MOST_CHOICES:
        for choice in question.choices:
            document.add_paragraph(f"☐ {choice}", style="List Bullet")
    elif question.choices:
        document.add_paragraph("Выбирается на портале из списка: ______________________")
    else:
        _add_room(document, LONG_LINES if question.is_long else SHORT_LINES)


def _add_table(document: Document, columns: tuple[str, ...], rows: int) -> None:
    table = document.add_table(rows=rows + 1, cols=len(columns))
    draw_borders(table, ("top", "bottom", "left", "right", "insideH", "insideV"))
    for cell, label in zip(table.rows[0].cells, columns, strict=True):
        add_run(cell.paragraphs[0], label, bold=True, size=9.5)
    mark_row(table.rows[0], is_header=True)


def _add_room(document: Document, lines: int) -> None:
    table = document.add_table(rows=1, cols=1)
    draw_borders(table, ("top", "bottom", "left", "right"))
    table.rows[0].cells[0].paragraphs[0].add_run("\n" * (lines - 1))
