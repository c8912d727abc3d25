"""Word files (DOCX): what every document of the portal shares.

Worker only: python-docx and lxml are loaded here and must stay out of web processes (SPEED).
"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph

FONT = "Arial"  # present or substituted with equal widths (Liberation Sans) on every office suite
INK = RGBColor(0x1B, 0x2A, 0x33)
INK_2 = RGBColor(0x47, 0x56, 0x5F)
RIVER = RGBColor(0x0F, 0x5C, 0x7A)
LINE_HEX = "C9CFCB"
CORE_PROPERTY_LIMIT = 255  # characters; python-docx refuses longer ones
A4_MM = (210, 297)

# Style, size in points, colour, space before and after
Styles = tuple[tuple[str, float, RGBColor, float, float], ...]


def new_document(styles: Styles, *, margin_mm: int = 20, is_landscape: bool = False) -> Document:
    """Return an empty Russian A4 document; python-docx's template is American, with a thumbnail of another one."""
    document = docx.Document()
    for relation_id, relation in list(document.part.package.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            document.part.package.rels.pop(relation_id)
    section = document.sections[0]
    width, height = reversed(A4_MM) if is_landscape else A4_MM
    section.page_width, section.page_height = Mm(width), Mm(height)
    if is_landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(margin_mm)
    language = document.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}")
    theme_language = document.settings.element.find(qn("w:themeFontLang"))
    for attribute in ("w:val", "w:eastAsia"):
        language.set(qn(attribute), "ru-RU")
        theme_language.set(qn(attribute), "ru-RU")
    for name, size, colour, before, after in styles:
        style = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), colour
        _drop_theme_fonts(style.element.rPr.rFonts)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    return document


def _drop_theme_fonts(fonts: Any) -> None:
    """Name the font for every script: theme fonts would win over the name, Cyrillic included."""
    for attribute in list(fonts.attrib):
        if attribute.endswith("Theme"):
            del fonts.attrib[attribute]
    for attribute in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(attribute), FONT)


def describe(document: Document, *, title: str, author: str, subject: str, keywords: str, made_on: datetime) -> None:
    """Write the properties of the file; `made_on` (aware) is its only date."""
    properties = document.core_properties
    properties.title = title[:CORE_PROPERTY_LIMIT]
    properties.author = properties.last_modified_by = author[:CORE_PROPERTY_LIMIT]
    properties.subject = subject
    properties.keywords = keywords[:CORE_PROPERTY_LIMIT]
    properties.comments = ""
    properties.language = "ru-RU"
    properties.revision = 1
    properties.created = properties.modified = made_on.astimezone(UTC).replace(tzinfo=None)


def add_run(
    paragraph: Paragraph, text: str, *, bold: bool = False, colour: RGBColor | None = None, size: float | None = None
) -> Any:
    """Add a run of text to a paragraph and return it."""
    run = paragraph.add_run(text)
    run.bold = bold or None
    if colour is not None:
        run.font.color.rgb = colour
    if size is not None:
        run.font.size = Pt(size)
    return run


def add_hyperlink(paragraph: Paragraph, url: str, text: str, *, size: float | None = None) -> None:
    """Add a link to a paragraph."""
    relation = paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), relation)
    run = add_run(paragraph, text, colour=RIVER, size=size)
    run.font.underline = True
    link.append(run._r)
    paragraph._p.append(link)


def add_field(paragraph: Paragraph, instruction: str) -> None:
    """Add a field that Word computes itself; «1» stands until then."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def draw_borders(table: Table, sides: tuple[str, ...], *, colour_hex: str = LINE_HEX) -> None:
    """Draw thin lines at `sides` of a table: top, bottom, left, right, insideH, insideV."""
    borders = OxmlElement("w:tblBorders")
    for side in sides:
        border = OxmlElement(f"w:{side}")
        for name, value in (("w:val", "single"), ("w:sz", "4"), ("w:space", "0"), ("w:color", colour_hex)):
            border.set(qn(name), value)
        borders.append(border)
    properties = table._tbl.tblPr
    properties.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook", "w:tblCaption")


def mark_row(row: _Row, *, is_header: bool = False) -> None:
    """Keep a row on one page; a header is repeated on each."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if is_header:
        properties.append(OxmlElement("w:tblHeader"))


def file_bytes(document: Document, *, made_on: datetime) -> bytes:
    """Return the file with `made_on` (UTC) as the date of every member of its zip: python-docx puts the clock there."""
    saved, dated = io.BytesIO(), io.BytesIO()
    document.save(saved)
    stamp = made_on.astimezone(UTC).timetuple()[:6]
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(dated, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            member = zipfile.ZipInfo(name, date_time=stamp)
            member.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(member, source.read(name))
    return dated.getvalue()
