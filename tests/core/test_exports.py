import csv
import datetime as dt
import io
import json
import re
import subprocess
import sys
from decimal import Decimal
from types import SimpleNamespace
from urllib.parse import unquote
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from portal.core.exports import MAX_CELL_UNITS, Column, cut_cell, export_response, write_xlsx

pytestmark = pytest.mark.unit

COLUMNS = [
    Column("Название", "title"),
    Column("Детский сад", "organisation.name"),
    Column("Балл", "score", "number"),
    Column("Дата", "day", "date"),
    Column("Отправлено", "sent_at", "datetime"),
    Column("Адрес", lambda row: f"https://example.org/{row.pk}/", "url", key="url"),
]


@pytest.fixture(autouse=True)
def volgograd(settings):
    settings.TIME_ZONE = "Europe/Volgograd"


def practice(**changes):
    values = {
        "pk": 7,
        "title": "Адаптация малышей",
        "organisation": SimpleNamespace(name="МДОУ «Ёлочка»"),
        "score": Decimal("87.5"),
        "day": dt.date(2022, 3, 1),
        "sent_at": dt.datetime(2022, 2, 28, 22, 30, tzinfo=dt.UTC),
    }
    return SimpleNamespace(**values | changes)


def body(response):
    return b"".join(response.streaming_content)


def sheet_of(*rows, columns=COLUMNS):
    response = export_response("xlsx", "Практики", columns, rows, sheet_title="Практики")
    return openpyxl.load_workbook(io.BytesIO(body(response))).active


def csv_of(*rows, columns=COLUMNS):
    content = body(export_response("csv", "Практики", columns, rows))
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_sheet_has_a_bold_frozen_header_with_a_filter_and_widths():
    sheet = sheet_of(practice(), practice())
    assert [cell.value for cell in sheet[1]] == [column.title for column in COLUMNS]
    assert all(cell.font.bold for cell in sheet[1])
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:F3"
    assert sheet.column_dimensions["A"].width >= len("Адаптация малышей")
    assert sheet.title == "Практики"


def test_long_texts_go_on_in_their_cell_and_the_sheet_fits_the_paper():
    long = sheet_of(practice(title="слово " * 20))
    assert all(cell.alignment.wrap_text and cell.alignment.vertical == "top" for cell in long[2])
    assert long["F2"].hyperlink is not None
    assert (long.page_setup.orientation, int(long.page_setup.fitToHeight)) == ("landscape", 0)
    assert long.sheet_properties.pageSetUpPr.fitToPage
    assert not any(cell.alignment.wrap_text for cell in sheet_of(practice())[2])


def test_sheet_keeps_numbers_dates_and_links_as_such():
    row = sheet_of(practice())[2]
    assert row[1].value == "МДОУ «Ёлочка»"
    assert (row[2].data_type, row[2].value) == ("n", 87.5)
    assert row[3].value == dt.datetime(2022, 3, 1)
    assert row[3].number_format == "dd.mm.yyyy"
    assert row[5].hyperlink.target == row[5].value == "https://example.org/7/"


def test_instants_are_shown_in_the_zone_of_the_portal():
    assert sheet_of(practice())[2][4].value == dt.datetime(2022, 3, 1, 1, 30)
    assert csv_of(practice())[1][4] == "01.03.2022 01:30"
    line = json.loads(body(export_response("json", "Практики", COLUMNS, [practice()])))[0]
    assert line["sent_at"] == "2022-03-01T01:30:00+03:00"


def test_a_date_column_takes_the_local_day_of_an_instant():
    columns = [Column("День", "sent_at", "date")]
    assert sheet_of(practice(), columns=columns)["A2"].value == dt.datetime(2022, 3, 1)


def test_the_offset_is_that_of_the_day_not_of_today():
    sent = dt.datetime(2019, 6, 1, 12, tzinfo=dt.UTC)
    zone = ZoneInfo("Europe/Volgograd")
    assert sheet_of(practice(sent_at=sent))[2][4].value == sent.astimezone(zone).replace(tzinfo=None)
    assert sent.astimezone(zone).hour == 16


def test_one_control_character_does_not_break_the_sheet():
    assert sheet_of(practice(title="Сад\x00\x0b\ufffe\ud800 № 5"))["A2"].value == "Сад № 5"


@pytest.mark.parametrize("text", ['=HYPERLINK("http://e")', "+7 844", "-1", "@SUM(A1)", "\t=1", "#N/A", " =1+1"])
def test_text_never_becomes_a_formula_in_a_sheet(text):
    cell = sheet_of(practice(title=text))["A2"]
    assert cell.data_type in ("s", "inlineStr")
    assert cell.value == text


def test_formula_like_text_stays_text_when_the_cell_is_edited():
    sheet = sheet_of(practice(title="=1+1"))
    assert sheet["A2"].quotePrefix
    assert not sheet["B2"].quotePrefix


@pytest.mark.parametrize("text", ["=1+1", "+7 844", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1", "＝1"])
def test_text_never_becomes_a_formula_in_csv(text):
    assert csv_of(practice(title=text))[1][0].startswith("'")


def test_a_formula_in_a_number_column_is_text_too():
    assert csv_of(practice(score="=1+1"))[1][2] == "'=1+1"
    assert sheet_of(practice(score="=1+1"))["C2"].data_type == "s"


def test_csv_speaks_russian_excel():
    header, row = csv_of(practice(title="Первая; вторая\n«строка»", score=Decimal("-1.50")))
    assert header[0] == "Название"
    assert row[0] == "Первая; вторая\n«строка»"
    assert row[2] == "-1,50"
    assert row[3] == "01.03.2022"


@pytest.mark.parametrize("fmt", ["xlsx", "csv", "json"])
def test_nothing_is_exported_as_a_file_with_a_header(fmt):
    content = body(export_response(fmt, "Практики", COLUMNS, []))
    if fmt == "json":
        assert json.loads(content) == []
    elif fmt == "csv":
        assert len(content.decode("utf-8-sig").splitlines()) == 1
    else:
        assert openpyxl.load_workbook(io.BytesIO(content)).active.max_row == 1


def test_long_text_is_cut_visibly_where_excel_would_refuse_it():
    value = sheet_of(practice(title="я" * 40_000))["A2"].value
    assert len(value) == MAX_CELL_UNITS
    assert value.endswith("я…")


def test_emoji_count_as_excel_counts_them_and_are_not_halved():
    cut = cut_cell("🙂" * 20_000)
    assert len(cut.encode("utf-16-le")) // 2 <= MAX_CELL_UNITS
    assert cut == "🙂" * 16_383 + "…"
    assert cut_cell("я" + "🙂" * 20_000) == "я" + "🙂" * 16_382 + "…"
    assert cut_cell("я" * MAX_CELL_UNITS) == "я" * MAX_CELL_UNITS


def test_empty_values_lists_and_flags_are_readable():
    columns = [Column("А", "a"), Column("Б", "b"), Column("В", "c"), Column("Г", "d", "number")]
    row = {"a": None, "b": ["2–3 года", "3–4 года"], "c": True, "d": float("nan")}
    assert [cell.value for cell in sheet_of(row, columns=columns)[2]] == [None, "2–3 года; 3–4 года", "да", None]
    line = json.loads(body(export_response("json", "х", columns, [row])))[0]
    assert line == {"a": None, "b": ["2–3 года", "3–4 года"], "c": True, "d": None}


def test_long_numbers_and_codes_keep_every_digit():
    columns = [Column("ИНН", "inn"), Column("Код", "code", "number")]
    row = {"inn": "0344123456", "code": 12345678901234567890}
    assert [cell.value for cell in sheet_of(row, columns=columns)[2]] == ["0344123456", "12345678901234567890"]


def test_days_before_excels_calendar_are_text():
    assert sheet_of(practice(day=dt.date(1899, 1, 1)))["D2"].value == "1899-01-01"


def test_file_name_is_cyrillic_dated_and_safe():
    header = export_response("csv", 'Практики "2022"/\r\nX: 1', COLUMNS, []).headers["Content-Disposition"]
    assert "\n" not in header
    name = unquote(re.fullmatch(r"attachment; filename\*=utf-8''(.+)", header)[1])
    assert re.fullmatch(r"Практики _2022__ X_ 1 \d{4}-\d\d-\d\d\.csv", name)


def test_sheet_title_is_one_that_excel_takes():
    file = io.BytesIO()
    write_xlsx(file, COLUMNS, [], sheet_title="'План/факт: [2021–2022]? очень длинное название'")
    assert openpyxl.load_workbook(file).sheetnames == ["План факт 2021–2022 очень длинно"[:31]]


def test_rows_are_taken_one_by_one_and_counted():
    file = io.BytesIO()
    assert write_xlsx(file, COLUMNS, (practice(pk=pk) for pk in range(500)), sheet_title="х") == 500
    assert openpyxl.load_workbook(file).active.max_row == 501


def test_json_keys_need_a_name():
    with pytest.raises(ValueError, match="needs a key"):
        Column("Адрес", lambda row: row)
    assert Column("Сад", "organisation.name").key == "organisation_name"


def test_unknown_format_is_refused():
    with pytest.raises(ValueError, match="pdf"):
        export_response("pdf", "х", COLUMNS, [])


@pytest.mark.parametrize("module", ["portal.core.exports", "portal.core.sheets"])
def test_web_processes_do_not_load_openpyxl(module):
    code = f"import sys, {module}; sys.exit('openpyxl' in sys.modules)"
    path = ":".join(part for part in sys.path if part)
    assert subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": path}, check=False).returncode == 0
