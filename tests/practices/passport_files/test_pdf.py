from __future__ import annotations

import dataclasses
import io
from datetime import datetime

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from practices.passport_files.content import FileLine, Passport, Step
from practices.passport_files.glyphs import PRINTABLE_RANGES, printable
from practices.passport_files.pdf import render_pdf

pytestmark = pytest.mark.unit


def read(passport, made_on):
    return PdfReader(io.BytesIO(render_pdf(passport, made_on=made_on)))


def words(reader):
    """The text of all pages with blanks and break marks dropped: line ends depend on the layout."""
    return squeezed("".join(page.extract_text() for page in reader.pages))


def squeezed(text):
    return "".join(text.replace("\u200b", "").split())


def elements(node):
    """Every element of the tag tree, in reading order."""
    if isinstance(node, IndirectObject):
        node = node.get_object()
    if isinstance(node, ArrayObject):
        for kid in node:
            yield from elements(kid)
    elif isinstance(node, DictionaryObject):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from elements(node["/K"])


def roles(reader):
    return [element["/S"] for element in elements(reader.trailer["/Root"]["/StructTreeRoot"])]


def bookmarks(reader):
    """Titles of all headings that readers list, at whatever depth."""
    found = []
    for item in reader.outline:
        found += [bookmark.title for bookmark in flat(item)]
    return found


def flat(item):
    if isinstance(item, list):
        for kid in item:
            yield from flat(kid)
    else:
        yield item


def test_pdf_declares_itself_accessible_russian_and_titled(passport, made_on):
    reader = read(passport, made_on)
    root = reader.trailer["/Root"]

    assert root["/Lang"] == "ru-RU"
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()
    assert reader.metadata.title == passport.title
    assert reader.metadata.author == passport.organisation
    assert reader.metadata.creation_date == made_on


def test_pdf_headings_form_a_hierarchy_with_result_first(passport, made_on):
    reader = read(passport, made_on)
    headings = [role for role in roles(reader) if role in ("/H1", "/H2", "/H3", "/H4")]

    assert headings[:3] == ["/H1", "/H2", "/H2"]
    assert headings.count("/H1") == 1
    assert headings.count("/H2") == 10
    assert bookmarks(reader)[:3] == [passport.title, "Что изменилось", "Что было не так"]


def test_pdf_indicators_are_a_table_with_header_cells(passport, made_on):
    reader = read(passport, made_on)
    found = roles(reader)

    assert found.count("/Table") == 3
    assert found.count("/THead") == 3
    assert found.count("/TH") == 4 + 2 + 3
    text = words(reader)
    for piece in ("21%", "67,5%", "нетданных", "12450шт.", "Какизмеряли:наблюдение,46детей"):
        assert piece in text


def test_pdf_says_everything_the_passport_says(passport, made_on):
    text = words(read(passport, made_on))

    for field in dataclasses.fields(Passport):
        for value in strings(getattr(passport, field.name)):
            for line in value.split("\n"):
                assert squeezed(line.removeprefix("- ")) in text, field.name


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from strings(item)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from strings(getattr(value, field.name))


def test_pdf_qr_has_words_and_the_link_leads_to_the_page(passport, made_on):
    reader = read(passport, made_on)
    figures = [e for e in elements(reader.trailer["/Root"]["/StructTreeRoot"]) if e["/S"] == "/Figure"]
    links = [a.get_object() for a in reader.pages[0]["/Annots"]]

    assert [figure["/Alt"] for figure in figures] == ["QR-код со ссылкой на страницу практики"]
    assert [link["/A"]["/URI"] for link in links] == [passport.url]


@pytest.mark.parametrize("url", ["", "javascript:alert(1)", "file:///etc/passwd", "https://a.example/ b"])
def test_pdf_without_a_web_address_has_neither_link_nor_qr(passport, made_on, url):
    reader = read(dataclasses.replace(passport, url=url), made_on)

    assert "/Figure" not in roles(reader)
    assert "/Annots" not in reader.pages[0]


def test_pdf_with_an_address_too_long_for_a_code_keeps_the_link(passport, made_on):
    url = "https://portal.example.org/" + "a" * 300
    reader = read(dataclasses.replace(passport, url=url), made_on)

    assert "/Figure" not in roles(reader)
    assert [a.get_object()["/A"]["/URI"] for a in reader.pages[0]["/Annots"]] == [url]


def test_pdf_pages_are_a4_and_numbered_with_source_in_the_footer(passport, made_on):
    reader = read(passport, made_on)
    count = len(reader.pages)

    assert count > 1
    for number, page in enumerate(reader.pages, start=1):
        text = squeezed(page.extract_text())
        assert f"{number}из{count}" in text
        assert squeezed(f"{passport.portal_name} · {passport.region}") in text
        assert squeezed(passport.url) in text
        assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)


def test_pdf_of_demonstration_says_so_on_every_page(passport, made_on):
    for page in read(passport, made_on).pages:
        assert "Демонстрационныеданные" in squeezed(page.extract_text())

    real = dataclasses.replace(passport, is_demo=False)
    assert "Демонстрационные" not in words(read(real, made_on))


def test_pdf_uses_only_the_built_in_serif(passport, made_on):
    names = set()
    for page in read(passport, made_on).pages:
        names |= {
            font["/BaseFont"].split("+")[-1] for font in (f.get_object() for f in page["/Resources"]["/Font"].values())
        }

    assert {name.split("-")[0] for name in names} == {"LibertinusSerif"}


def test_same_passport_and_date_give_the_same_pdf(passport, made_on):
    first = render_pdf(passport, made_on=made_on)

    assert render_pdf(passport, made_on=made_on) == first
    assert render_pdf(passport, made_on=made_on.replace(day=13)) != first


def test_pdf_refuses_a_date_without_time_zone(passport):
    with pytest.raises(ValueError, match="time zone"):
        render_pdf(passport, made_on=datetime(2022, 4, 12))


def test_pdf_of_an_empty_passport_has_a_title_and_no_empty_headings(made_on):
    reader = read(Passport(), made_on)

    assert bookmarks(reader) == ["Практика без названия"]
    assert words(reader) == squeezed("Паспорт практики Практика без названия 1 из 1")
    assert reader.metadata.title == "Практика без названия"


def test_pdf_shows_hostile_text_letter_by_letter(hostile_passport, made_on):
    reader = read(hostile_passport, made_on)
    text = words(reader)

    for line in (
        '#let x = 1 #panic("взлом") #{ 1 / 0 }',
        '#read("/etc/passwd") #import "@preview/x:0.1.0"',
        "$ sum_(i=0)^n $ и $x$, цена 5$",
        "\\ \\u{1F600} C:\\новая\\папка \\\\",
        "@метка <метка> @label <label> ] [ ) ( } {",
        "*не жирно* _не курсив_ `не код` = не заголовок // не комментарий /* и это */",
        "пункт с #strong[разметкой]",
        "эмодзи □ □ □, □, □, □, руб., ✔",
        "нули , направление мокат, невидимое",
    ):
        assert squeezed(line) in text
    assert "root:" not in text


@pytest.mark.parametrize(
    ("where", "longest_line"),
    [
        ({"steps": (Step(title="Шаг", text="щ" * 10_000),)}, 90),
        ({"files": (FileLine(title="Карта", size="щ" * 10_000),)}, 12),
        ({"cost": "щ" * 10_000, "launch_time": "день", "evidence": "замер"}, 40),
    ],
    ids=["paragraph", "narrow cell", "glance"],
)
def test_pdf_keeps_an_endless_word_in_its_place(made_on, where, longest_line):
    reader = read(Passport(title="Слово", **where), made_on)
    lines = []
    for page in reader.pages:
        page.extract_text(visitor_text=lambda text, *_: lines.append(text.count("щ")))

    assert sum(lines) == 10_000
    assert max(lines) <= longest_line


def test_pdf_prints_accents_over_any_letter_and_inside_endless_words(made_on):
    accent = "\u0301"
    odd = f"я{accent}" * 3000 + f" {accent} " + accent * 50

    reader = read(Passport(title=f"за{accent}мок и замо{accent}к", problem=odd), made_on)

    assert reader.metadata.title == f"за{accent}мок и замо{accent}к"
    assert "Чтобылонетак" in words(reader)


def test_every_printable_symbol_has_a_glyph(made_on):
    symbols = [chr(code) for low, high in PRINTABLE_RANGES for code in range(low, high + 1)]
    apart = " ".join(symbols)
    together = "".join(symbols)

    render_pdf(Passport(title="Знаки", problem=apart, goal=together), made_on=made_on)


def test_unprintable_symbols_leave_a_visible_trace():
    assert printable("цена 100 ₽ ✅ 漢字 😀!") == "цена 100 руб. ✔ □ □!"
    assert printable("ё Ё № « » — … 1 2 3 → ≤ ½ қазақ") == "ё Ё № « » — … 1 2 3 → ≤ ½ қазақ"
