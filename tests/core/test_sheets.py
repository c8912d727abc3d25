import datetime as dt
import io
import json
import random
import zipfile

import openpyxl
import pytest

from portal.core.archives import DOCX_MAIN
from portal.core.sheet_headers import Headers
from portal.core.sheets import SheetError, read_rows
from tests.core.hostile import OLE2, package, password_protected, zipped

pytestmark = pytest.mark.unit

ASK = {
    "required": ["name", "inn"],
    "optional": ["opened_on", "tags"],
    "aliases": {"name": ["Название", "Наименование"], "inn": ["ИНН"], "opened_on": ["Открыт"], "tags": ["Теги"]},
}
HEADER = ["Название", "ИНН", "Открыт"]


def workbook(*rows, prepare=None):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if prepare:
        prepare(book)
    file = io.BytesIO()
    book.save(file)
    return file


def jsonl(*lines):
    return io.BytesIO("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines).encode())


def repacked(file, replace):
    """The same archive with the text of some entries changed."""
    with zipfile.ZipFile(file) as archive:
        entries = [(name, archive.read(name)) for name in archive.namelist()]
    return io.BytesIO(zipped([(name, replace(name, content)) for name, content in entries]))


def read(file, **changes):
    return list(read_rows(file, **ASK | changes))


def refusal(file, **changes):
    with pytest.raises(SheetError) as caught:
        read(file, **changes)
    message = str(caught.value)
    assert message[0].isupper()
    assert message.endswith(".")
    return message


def test_columns_are_found_by_name_wherever_they_stand():
    rows = read(workbook(["Открыт", " инн\u00a0", "НАИМЕНОВАНИЕ"], [dt.date(1999, 9, 1), "0344123456", "МДОУ № 5"]))
    assert [row.values for row in rows] == [
        {"name": "МДОУ № 5", "inn": "0344123456", "opened_on": dt.date(1999, 9, 1), "tags": ""}
    ]
    assert rows[0].number == 2


def test_yo_and_case_do_not_matter_in_headers():
    assert read(workbook(["Отчёт"], ["да"]), required=["report"], optional=(), aliases={"report": ["ОТЧЕТ"]})


def test_values_are_cleaned_and_typed():
    row, other = read(
        workbook(HEADER, ["\u00a0Мои\u0306\u200b сад\x7f\n", 3444123456.0, dt.datetime(2022, 3, 1, 9, 30)], ["Б", 2.5])
    )
    assert row.values["name"] == "Мой сад"
    assert row.values["inn"] == 3444123456
    assert row.text("inn") == "3444123456"
    assert row.values["opened_on"] == dt.datetime(2022, 3, 1, 9, 30)
    assert other.values["inn"] == 2.5
    assert other.text("opened_on") == ""


def test_numbers_do_not_gain_a_fraction_from_the_file_format():
    file = workbook(HEADER, ["А", 987654321])
    stored = repacked(file, lambda name, content: content.replace(b"<v>987654321</v>", b"<v>987654321.0</v>"))
    assert read(stored)[0].text("inn") == "987654321"


def test_lists_come_from_cells_and_from_json_alike():
    asked = {"name": "А", "inn": "1", "tags": ["лето", " игра ", "", 5]}
    assert read(jsonl(asked))[0].items("tags") == ["лето", "игра", "5"]
    assert read(jsonl(asked))[0].text("tags") == "лето; игра; 5"
    assert read(workbook(["Название", "ИНН", "Теги"], ["А", "1", "лето; игра;;5"]))[0].items("tags") == [
        "лето",
        "игра",
        "5",
    ]


def test_empty_rows_are_skipped_and_numbers_stay_those_of_the_file():
    rows = read(workbook([None], HEADER, [None, " "], ["А", "1"], [], ["Б", "2"]))
    assert [(row.number, row.text("name")) for row in rows] == [(4, "А"), (6, "Б")]


def test_the_first_visible_sheet_is_read_whatever_size_it_declares():
    def prepare(book):
        book.create_sheet("Скрытый", 0).append(["мусор"])
        book["Скрытый"].sheet_state = "hidden"

    file = workbook(HEADER, ["А", "1"], ["Б", "2"], prepare=prepare)
    lying = repacked(file, lambda name, content: content.replace(b'<dimension ref="A1:C3"', b'<dimension ref="A1"'))
    assert [row.text("name") for row in read(lying)] == ["А", "Б"]


def test_formulas_are_read_as_their_last_values():
    file = workbook(HEADER, ["А", "=1+1"])
    counted = repacked(
        file,
        lambda name, content: (
            content.replace(b"<v></v>", b"<v>2</v>").replace(b"<v />", b"<v>2</v>").replace(b"<v/>", b"<v>2</v>")
        ),
    )
    assert read(counted)[0].values["inn"] == 2


def test_a_formula_error_names_its_place():
    assert refusal(workbook(HEADER, ["А", "#N/A"])) == "Строка 2, столбец «ИНН»: в ячейке ошибка формулы #N/A."


def test_all_faults_of_the_headers_are_named_at_once():
    message = refusal(workbook(["Названия", "Открыт", "открыт", "Цвет"], ["А", "1", "2", "3"]))
    assert message == (
        "Не хватает столбцов: «Название», «ИНН»; столбцы повторяются: «Открыт»; "
        "неизвестный столбец «Названия» (возможно, это «Название»); неизвестный столбец «Цвет»."
    )


def test_headers_are_refused_before_any_row_is_taken():
    with pytest.raises(SheetError):
        read_rows(workbook(["Цвет"], ["А"]), **ASK)


def test_shifted_cells_are_named():
    assert refusal(workbook(HEADER, ["А", "1", None, "лишнее"])) == (
        "Строка 2: значение «лишнее» стоит в столбце 4, у которого нет заголовка."
    )


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "Файл пуст."),
        (b" \n\n", "Файл пуст."),
        (OLE2 + b"\0" * 600, "XLS"),
        (password_protected(), "паролем"),
        (b"%PDF-1.7\n", "PDF"),
        (b"MZ\x90\x00", "не таблица"),
        (b"<html><table>", "веб-страница"),
        (b"[{}]", "JSON Lines"),
        ("ИНН".encode("utf-16"), "UTF-16"),
        (zipped([("a.txt", "1")]), "архив"),
        (package(DOCX_MAIN), "документ Word"),
        (package("application/vnd.ms-excel.sheet.macroEnabled.main+xml", "xl/workbook.xml"), "макросы"),
        (b"PK\x03\x04", "повреждён"),
        (zipped([("../a", "1")]), "имена"),
        (zipped([("xl/a.xml", b" " * 12_000_000)]), "велик"),
        (
            package("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", "xl/workbook.xml"),
            "видимого листа",
        ),
    ],
)
def test_a_wrong_file_is_told_what_it_is(content, says):
    assert says in refusal(io.BytesIO(content))


def test_tables_without_rows_are_told():
    assert "ни одной строки" in refusal(workbook(HEADER))
    assert "строки заголовков" in refusal(workbook())


def test_too_many_rows_are_refused():
    file = workbook(HEADER, *[["А", "1"]] * 4)
    assert len(read(file, max_rows=4)) == 4
    assert "больше 3 строк" in refusal(file, max_rows=3)


def test_rows_come_one_by_one():
    rows = read_rows(workbook(HEADER, ["А", "1"], ["Б", "#N/A"]), **ASK)
    assert next(rows).text("name") == "А"
    with pytest.raises(SheetError):
        next(rows)


@pytest.mark.parametrize("row", [b'<row r="4000000000">', b'<row r="1000000">', b'<row r="x">', b'<row r="-5">'])
def test_absurd_row_numbers_cost_nothing(row):
    file = workbook(HEADER, ["А", "1"], ["Б", "2"])

    def change(name, content):
        return content.replace(b'<row r="3">', row) if name.endswith("sheet1.xml") else content

    try:
        rows = read(repacked(file, change))
    except SheetError:
        return
    assert [row.text("name") for row in rows] in (["А"], ["А", "Б"])


def test_entities_do_not_grow():
    def change(name, content):
        bomb = b'<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]><worksheet'
        return content.replace(b"<worksheet", bomb) if name.endswith("sheet1.xml") else content

    assert "повреждён" in refusal(repacked(workbook(HEADER, ["А", "1"]), change))


def test_noise_in_any_part_never_raises_anything_else():
    content = workbook(HEADER, ["А", "1"]).getvalue()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = [(name, archive.read(name)) for name in archive.namelist()]
    noise = random.Random(7)
    for _ in range(60):
        broken = [(name, bytearray(part)) for name, part in entries]
        for _name, part in noise.sample(broken, 2):
            for _ in range(noise.randint(1, 30)):
                part[noise.randrange(len(part))] = noise.randrange(256)
        try:
            read(io.BytesIO(zipped([(name, bytes(part)) for name, part in broken])))
        except SheetError:
            continue


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('{"name": "А",}', "Строка 2: это не JSON"),
        ('{"name": "А", "inn": NaN}', "Строка 2: это не JSON"),
        ("[" * 5000, "Строка 2: это не JSON"),
        ('["А"]', "Строка 2: ожидается объект"),
        ('{"name": "А", "inn": "1", "name": "Б"}', "Строка 2: поля повторяются: «Название»"),
        ('{"name": "А"}', "Строка 2: не хватает полей: «ИНН»"),
        ('{"name": "А", "inn": "1", "tag": "х"}', "Строка 2: неизвестное поле «tag» (возможно, это «Теги»)"),
        ('{"name": {"ru": "А"}, "inn": "1"}', "Строка 2, поле «Название»: вложенные"),
        ('{"name": [["А"]], "inn": "1"}', "Строка 2, поле «Название»: вложенные"),
        ('{"name": "А", "inn": 1' + "0" * 5000 + "}", "Строка 2: это не JSON"),
        ('"' + "я" * 600_000, "Строка 2 длиннее 1 МБ"),
    ],
)
def test_a_broken_json_line_is_named(line, says):
    assert refusal(jsonl({"name": "А", "inn": "1"}, line)).startswith(says)


def test_json_lines_that_are_not_utf8_are_named():
    content = b'{"name": "A", "inn": "1"}\n' + '{"name": "Сад", "inn": "1"}'.encode("cp1251")
    assert refusal(io.BytesIO(content)) == "Строка 2: текст не в UTF-8."


def test_json_lines_may_have_a_mark_blank_lines_and_nulls():
    rows = read(io.BytesIO('\ufeff{"ИНН": "0344", "name": null}\n\n'.encode()))
    assert rows[0].values == {"name": "", "inn": "0344", "opened_on": "", "tags": ""}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_csv_of_any_excel_is_read(encoding, delimiter):
    lines = [
        delimiter.join(["Название", "ИНН"]),
        delimiter.join(['"Сад\n«Ёлочка»"', "0344"]),
        delimiter.join(["Б", "2"]),
    ]
    rows = read(io.BytesIO("\r\n".join(lines).encode(encoding)))
    assert [(row.number, row.text("name"), row.text("inn")) for row in rows] == [
        (2, "Сад\n«Ёлочка»", "0344"),
        (4, "Б", "2"),
    ]


def test_broken_quotes_of_csv_are_named():
    assert refusal(io.BytesIO('Название;ИНН\n"А"х;1\n'.encode())).startswith("Строка 2: кавычки")


def test_two_names_may_not_share_a_spelling():
    with pytest.raises(ValueError, match="means both"):
        Headers(["a", "b"], [], {"a": ["Имя"], "b": ["имя"]})
