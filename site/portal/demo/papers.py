"""Small real files for download: made of a practice's own lines, marked as demonstration.

For the loader only: typst, python-docx and openpyxl must not reach web processes (SPEED).
"""

from __future__ import annotations

import functools
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
import openpyxl
import typst
from openpyxl.styles import Alignment, Font

MARK = "Демонстрационный файл: организация и показатели вымышлены"
TEMPLATE = Path(__file__).with_name("paper.typ")


@dataclass(frozen=True)
class Paper:
    """What a file says: title, where it comes from, lines."""

    title: str
    source: str
    lines: tuple[str, ...]


def practice_paper(row: dict[str, Any], file: dict[str, Any]) -> Paper:
    """Return the file `file` of the practice `row`: its lines are taken from the practice, by the kind of the file."""
    lines = {
        "diagnostika": [f"{item['name']} ({item['unit']}): {item['method']}" for item in row["indicators"]],
        "kartoteka": [step["title"] for step in row["steps"]] + row["tasks"],
        "plan": [step["title"] for step in row["steps"]],
        "konspekt": [f"{step['title']}. {step['text']}" for step in row["steps"]],
        "programma": [row["goal"], *row["tasks"]],
        "prezentatsiya": [row["problem"], row["results_summary"]],
        "forma": [f"{risk['risk']} — {risk['mitigation']}" for risk in row["risks"]] + row["tasks"],
    }.get(file["kind"], [row["goal"], row["results_summary"]])
    return Paper(file["title"], f"К практике «{row['title']}»", tuple(lines))


def render(paper: Paper, extension: str) -> bytes:
    """Return the file's bytes. Raises KeyError for an extension that is none of pdf, docx, xlsx."""
    return {"pdf": _pdf, "docx": _docx, "xlsx": _xlsx}[extension](paper)


def _pdf(paper: Paper) -> bytes:
    data = {"title": paper.title, "source": paper.source, "lines": paper.lines, "mark": MARK}
    inputs = {"paper": json.dumps(data, ensure_ascii=False)}
    return typst.compile(
        TEMPLATE, root=TEMPLATE.parent, font_paths=_fonts(), ignore_system_fonts=True, sys_inputs=inputs
    )


@functools.cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False)


def _docx(paper: Paper) -> bytes:
    document = docx.Document()
    document.core_properties.title = paper.title
    document.core_properties.author = ""
    document.add_paragraph(MARK)
    document.add_heading(paper.title, level=1)
    document.add_paragraph(paper.source)
    for line in paper.lines:
        document.add_paragraph(line, style="List Bullet")
    return _saved(document)


def _xlsx(paper: Paper) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Лист"
    sheet.append([paper.title])
    sheet.append([MARK])
    sheet.append([])
    sheet.append(["№", "Что", "Отметка"])
    for number, line in enumerate(paper.lines, start=1):
        sheet.append([number, line, None])
    sheet.column_dimensions["B"].width = 90
    for row in sheet.iter_rows(min_row=4):
        row[1].alignment = Alignment(wrap_text=True, vertical="top")
    for cell in (sheet["A1"], *sheet[4]):
        cell.font = Font(bold=True)
    return _saved(book)


def _saved(document: Any) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()
