from __future__ import annotations

import dataclasses
import io
import itertools
import zipfile
from datetime import datetime

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

from practices.passport_files.content import Passport
from practices.passport_files.docx import render_docx

pytestmark = pytest.mark.unit


def read(passport, made_on):
    return docx.Document(io.BytesIO(render_docx(passport, made_on=made_on)))


def headings(document):
    return [(int(p.style.name[-1]), p.text) for p in document.paragraphs if p.style.name.startswith("Heading ")]


def text_of(document):
    lines = [
        p.text for p in document.element.body.iter(qn("w:p")) for p in [docx.text.paragraph.Paragraph(p, document)]
    ]
    footer = [p.text for p in document.sections[0].footer.paragraphs]
    return "\n".join([*lines, *footer])


def test_docx_headings_are_real_styles_with_result_first(passport, made_on):
    found = headings(read(passport, made_on))

    assert found[:3] == [(1, passport.title), (2, "Что изменилось"), (2, "Что было не так")]
    assert [level for level, _ in found].count(1) == 1
    assert (3, "1. Подготовка") in found
    for (above, _), (below, title) in itertools.pairwise(found):
        assert below <= above + 1, title


def test_docx_lists_are_real_lists(passport, made_on):
    bullets = [p.text for p in read(passport, made_on).paragraphs if p.style.name == "List Bullet"]

    assert bullets == [*passport.tasks, "лотки", "земля", "Детский сад № 998 — одна группа"]


def test_docx_language_is_russian_everywhere(passport, made_on):
    document = read(passport, made_on)
    default = document.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}")
    theme = document.settings.element.find(qn("w:themeFontLang"))

    assert default.get(qn("w:val")) == "ru-RU"
    assert theme.get(qn("w:val")) == "ru-RU"
    assert document.core_properties.language == "ru-RU"


def test_docx_properties_name_the_practice_and_no_tool_or_machine(passport, made_on):
    properties = read(passport, made_on).core_properties

    assert properties.title == passport.title
    assert properties.author == properties.last_modified_by == passport.organisation
    assert properties.comments == ""
    assert properties.created == properties.modified == datetime.fromisoformat("2022-04-12T06:30:00+00:00")


def test_docx_tables_repeat_a_flagged_header(passport, made_on):
    document = read(passport, made_on)

    assert [[cell.text for cell in table.rows[0].cells] for table in document.tables] == [
        ["Показатель", "До", "После"],
        ["Риск", "Что с ним делать"],
        ["Файл", "Тип", "Размер"],
    ]
    for table in document.tables:
        flagged = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
        assert flagged == [True] + [False] * (len(table.rows) - 1)


def test_docx_indicators_show_before_after_and_method(passport, made_on):
    table = read(passport, made_on).tables[0]

    assert [[cell.text for cell in row.cells] for row in table.rows[1:]] == [
        ["Дети, поставившие опыт\nКак измеряли: наблюдение, 46 детей", "21\u00a0%", "67,5\u00a0%"],
        ["Вопросы за прогулку\nКак измеряли: подсчёт", "нет данных", "12\u00a0450\u00a0шт."],
    ]


def test_docx_says_everything_the_passport_says(passport, made_on):
    text = text_of(read(passport, made_on))

    for field in dataclasses.fields(Passport):
        for value in strings(getattr(passport, field.name)):
            for line in value.split("\n"):
                assert line.removeprefix("- ") in text, field.name


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from strings(item)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from strings(getattr(value, field.name))


def test_docx_qr_has_words_and_the_link_leads_to_the_page(passport, made_on):
    document = read(passport, made_on)
    pictures = list(document.element.body.iter(qn("wp:docPr")))
    links = [document.part.rels[link.get(qn("r:id"))].target_ref for link in document.element.iter(qn("w:hyperlink"))]

    assert [picture.get("descr") for picture in pictures] == ["QR-код со ссылкой на страницу практики"]
    assert links == [passport.url]


@pytest.mark.parametrize("url", ["", "javascript:alert(1)", "file:///etc/passwd", "https://a.example/ b"])
def test_docx_without_a_web_address_has_neither_link_nor_qr(passport, made_on, url):
    document = read(dataclasses.replace(passport, url=url), made_on)

    assert not list(document.element.iter(qn("wp:docPr")))
    assert not list(document.element.iter(qn("w:hyperlink")))


def test_docx_with_an_address_too_long_for_a_code_keeps_the_link(passport, made_on):
    url = "https://portal.example.org/" + "a" * 300
    document = read(dataclasses.replace(passport, url=url), made_on)

    assert not list(document.element.iter(qn("wp:docPr")))
    assert len(list(document.element.iter(qn("w:hyperlink")))) == 1


def test_docx_footer_counts_pages_by_fields(passport, made_on):
    footer = read(passport, made_on).sections[0].footer

    assert [f.get(qn("w:instr")) for f in footer._element.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]
    assert f"{passport.portal_name} · {passport.region}" in footer.paragraphs[0].text
    assert footer.paragraphs[1].text == passport.url


def test_same_passport_and_date_give_the_same_docx(passport, made_on):
    first = render_docx(passport, made_on=made_on)

    assert render_docx(passport, made_on=made_on) == first
    assert {m.date_time for m in zipfile.ZipFile(io.BytesIO(first)).infolist()} == {(2022, 4, 12, 6, 30, 0)}


def test_docx_refuses_a_date_without_time_zone(passport):
    with pytest.raises(ValueError, match="time zone"):
        render_docx(passport, made_on=datetime(2022, 4, 12))


def test_docx_of_an_empty_passport_has_a_title_and_no_empty_headings(made_on):
    document = read(Passport(), made_on)

    assert headings(document) == [(1, "Практика без названия")]
    assert [p.text for p in document.paragraphs] == ["Паспорт практики", "Практика без названия"]
    assert document.tables == []


def test_docx_of_hostile_text_is_sound_xml_and_says_it_letter_by_letter(hostile_passport, made_on):
    content = render_docx(hostile_passport, made_on=made_on)
    archive = zipfile.ZipFile(io.BytesIO(content))
    text = text_of(docx.Document(io.BytesIO(content)))

    assert archive.testzip() is None
    for name in archive.namelist():
        if name.endswith((".xml", ".rels")):
            etree.fromstring(archive.read(name))
    assert "</w:t><w:br/> & &amp; %PDF <!-- --> {{ x }} {% y %}" in text
    assert '#read("/etc/passwd") #import "@preview/x:0.1.0"' in text
    assert "эмодзи 😀" in text
    assert "нули , направление мокат, невидимое" in text
    assert "ы" * 10_000 in text


# The order of w:pPr in ISO 29500-1, 17.3.1.26, as far as the file uses it; Word calls a file out of order broken.
PARAGRAPH_ORDER = ["pStyle", "keepNext", "keepLines", "shd", "tabs", "spacing", "ind", "jc", "rPr"]


def test_docx_paragraph_properties_stand_in_the_order_of_the_standard(passport, made_on):
    for properties in read(passport, made_on).element.iter(qn("w:pPr")):
        names = [child.tag.split("}")[1] for child in properties]
        assert names == sorted(names, key=PARAGRAPH_ORDER.index)


def test_docx_carries_no_thumbnail_of_another_document(passport, made_on):
    archive = zipfile.ZipFile(io.BytesIO(render_docx(passport, made_on=made_on)))

    assert not [name for name in archive.namelist() if "thumbnail" in name]
