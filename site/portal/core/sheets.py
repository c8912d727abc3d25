"""Reading of tables that people upload: columns are known by their names, every fault names its place."""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count
from typing import IO, Any

from portal.core.archives import (
    DOCX_MAIN,
    MEGABYTE,
    OLE2_SIGNATURE,
    PPTX_MAIN,
    XLSX_MAIN,
    ArchiveError,
    ArchiveLimits,
    check_zip,
    is_password_protected,
    read_office_package,
)
from portal.core.sheet_headers import Headers, SheetError
from portal.core.text import normalise_text

Scalar = str | int | float | bool | dt.date | dt.datetime
Value = Scalar | list[Scalar]

MAX_FILE_BYTES = 50 * MEGABYTE
MAX_LINE_BYTES = MEGABYTE
MAX_COLUMNS = 100
_EXCEL_ROWS = 1_048_576
_LIMITS = ArchiveLimits(tags=6_000_000)  # 50,000 rows of 20 cells of inline text, Excel's own are shorter
_ERROR_CODES = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A")
_EXPECTED = "Нужна таблица XLSX, CSV или JSON Lines."
_BROKEN = "Файл повреждён и не читается. Откройте его в программе, где он сделан, и сохраните заново."

__all__ = ["SheetError", "SheetRow", "Value", "read_rows"]


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row of a table: its number in the file, counted from 1, and a value for every asked name, "" where empty."""

    number: int
    values: Mapping[str, Value]

    def text(self, name: str) -> str:
        """Value as text: whole numbers without «.0», dates ISO 8601, lists joined by «; »."""
        return "; ".join(self.items(name)) if isinstance(self.values[name], list) else _text(self.values[name])

    def items(self, name: str) -> list[str]:
        """Value as a list: a JSON array, or a cell split at «;»; empty items are dropped."""
        value = self.values[name]
        parts = [_text(item) for item in value] if isinstance(value, list) else _text(value).split(";")
        return [part for part in map(str.strip, parts) if part]


def read_rows(
    file: IO[bytes],
    *,
    required: Sequence[str],
    optional: Sequence[str] = (),
    aliases: Mapping[str, Sequence[str]] | None = None,
    max_rows: int = 50_000,
) -> Iterator[SheetRow]:
    """Check the file and its headers at once and return its rows one by one, empty ones skipped.

    The kind is known by content; of an XLSX the first visible sheet is read (cached values of formulas, 100 columns).
    `aliases` gives other spellings of a name; the first is used in messages. Raises SheetError, and nothing else,
    for a file that is no such table, also later while rows are read.
    """
    headers = Headers(required, optional, aliases or {})
    rows = _guarded(_open(file, headers), max_rows)
    first = next(rows, None)
    if first is None:
        raise SheetError("В таблице есть заголовки, но нет ни одной строки с данными.")
    return chain((first,), rows)


def _open(file: IO[bytes], headers: Headers) -> Iterator[SheetRow]:
    size = file.seek(0, 2)
    file.seek(0)
    start = file.read(4096)
    file.seek(0)
    if not start.strip():
        raise SheetError("Файл пуст.")
    if size > MAX_FILE_BYTES:
        raise SheetError(f"Файл больше {MAX_FILE_BYTES // MEGABYTE} МБ. Разделите его на части.")
    if start.startswith(b"PK"):
        return _xlsx_rows(file, headers)
    _refuse_foreign(file, start)
    text = start.removeprefix(codecs.BOM_UTF8).lstrip()
    return _json_rows(file, headers) if text.startswith(b"{") else _csv_rows(file, headers)


def _refuse_foreign(file: IO[bytes], start: bytes) -> None:
    """Raise SheetError for a file that is neither JSON Lines nor CSV, saying what it seems to be."""
    text = start.removeprefix(codecs.BOM_UTF8).lstrip()
    if start.startswith(OLE2_SIGNATURE):
        if is_password_protected(file):
            raise SheetError("Файл защищён паролем. Снимите пароль и загрузите снова.")
        raise SheetError("Это файл старого Excel (XLS) или Word. Сохраните таблицу как XLSX.")
    if text.startswith(b"%PDF"):
        raise SheetError(f"Это PDF. {_EXPECTED}")
    if text.startswith(b"["):
        raise SheetError("Это список JSON. Нужен JSON Lines: каждый объект на своей строке, без запятых между ними.")
    if text.startswith(b"<"):
        raise SheetError("Это веб-страница или XML. Откройте файл в Excel и сохраните как XLSX.")
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise SheetError("Файл в кодировке UTF-16. Сохраните его в UTF-8 или как XLSX.")
    if any(byte < 32 and byte not in b"\t\r\n" for byte in start):
        raise SheetError(f"Это не таблица. {_EXPECTED}")


def _guarded(rows: Iterator[SheetRow], max_rows: int) -> Iterator[SheetRow]:
    """Pass rows on up to the limit; whatever a parser raises on a hostile or broken file becomes SheetError."""
    try:
        for index, row in enumerate(rows, start=1):
            if index > max_rows:
                raise SheetError(f"В таблице больше {max_rows:,} строк. Разделите её на части.".replace(",", " "))
            yield row
    except SheetError:
        raise
    except ArchiveError as error:
        message = str(error)
        raise SheetError(message[0].upper() + message[1:]) from error
    except Exception as error:  # openpyxl, lxml, expat and zipfile raise a dozen kinds on broken files
        raise SheetError(_BROKEN) from error


def _xlsx_rows(file: IO[bytes], headers: Headers) -> Iterator[SheetRow]:
    from openpyxl import load_workbook  # noqa: PLC0415 - heavy: only an import loads it (SPEED)

    check_zip(file, limits=_LIMITS)
    package = read_office_package(file)
    if package.has_macros:
        raise SheetError("В книге есть макросы. Сохраните её как «Книга Excel (*.xlsx)» без макросов.")
    if package.main_type != XLSX_MAIN:
        kinds = {DOCX_MAIN: "документ Word", PPTX_MAIN: "презентация"}
        raise SheetError(f"Это {kinds.get(package.main_type, 'не книга Excel')}. {_EXPECTED}")
    workbook = load_workbook(file, read_only=True, data_only=True, keep_links=False)
    try:
        sheets = [sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
        if not sheets:
            raise SheetError("В книге нет ни одного видимого листа.")
        # Bounds are given because the size that a sheet declares is often wrong, and then rows would be lost.
        cells = sheets[0].iter_rows(max_row=_EXCEL_ROWS, max_col=MAX_COLUMNS, values_only=True)
        yield from _table_rows(enumerate(cells, start=1), headers)
    finally:
        workbook.close()


def _csv_rows(file: IO[bytes], headers: Headers) -> Iterator[SheetRow]:
    encoding = _encoding(file)
    titles = file.readline(MAX_LINE_BYTES).decode(encoding, errors="replace").strip()
    file.seek(0)
    delimiter = max(";,\t", key=lambda sign: headers.known_among(titles.split(sign)))
    reader = csv.reader((line.decode(encoding) for _, line in _lines(file)), delimiter=delimiter, strict=True)

    def numbered() -> Iterator[tuple[int, list[str]]]:
        begins = 1  # the reader knows where a row ends, people look for where it begins
        for row in reader:
            yield begins, row
            begins = reader.line_num + 1

    try:
        yield from _table_rows(numbered(), headers)
    except csv.Error as error:
        raise SheetError(f"Строка {reader.line_num}: кавычки или разделители CSV расставлены неверно.") from error


def _lines(file: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """Lines of a text file with their numbers, the byte order mark dropped; none is longer than allowed."""
    for number in count(1):
        line = file.readline(MAX_LINE_BYTES + 1)
        if not line:
            return
        if len(line) > MAX_LINE_BYTES:
            raise SheetError(f"Строка {number} длиннее {MAX_LINE_BYTES // MEGABYTE} МБ.")
        yield number, line.removeprefix(codecs.BOM_UTF8) if number == 1 else line


def _encoding(file: IO[bytes]) -> str:
    """UTF-8 when the whole file is, else the Windows encoding in which Russian Excel writes CSV."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := file.read(MEGABYTE):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1251"
    finally:
        file.seek(0)
    return "utf-8"


def _table_rows(rows: Iterator[tuple[int, Sequence[Any]]], headers: Headers) -> Iterator[SheetRow]:
    """Rows of a table whose first row that is not empty holds the headers."""
    names: list[str | None] | None = None
    for number, row in rows:
        if row.count(None) == len(row):  # a million blank rows before a stray cell must cost nothing
            continue
        cells = [_clean(cell) for cell in row]
        if not any(cell != "" for cell in cells):
            continue
        if names is None:
            names = headers.match([_text(cell) for cell in cells])
            continue
        values: dict[str, Value] = dict.fromkeys(headers.names, "")
        for index, cell in enumerate(cells):
            if cell == "":
                continue
            name = names[index] if index < len(names) else None
            if name is None:
                where = f"в столбце {index + 1}, у которого нет заголовка"
                raise SheetError(f"Строка {number}: значение «{_text(cell)[:40]}» стоит {where}.")
            if cell in _ERROR_CODES:
                raise SheetError(f"Строка {number}, столбец «{headers.title(name)}»: в ячейке ошибка формулы {cell}.")
            values[name] = cell
        yield SheetRow(number, values)
    if names is None:
        raise SheetError("Файл пуст: в нём нет даже строки заголовков.")


def _json_rows(file: IO[bytes], headers: Headers) -> Iterator[SheetRow]:
    for number, line in _lines(file):
        if not line.strip():
            continue
        try:
            pairs = json.loads(line.decode(), object_pairs_hook=_Pairs, parse_constant=_refuse_constant)
        except UnicodeDecodeError as error:
            raise SheetError(f"Строка {number}: текст не в UTF-8.") from error
        except (ValueError, RecursionError) as error:
            raise SheetError(f"Строка {number}: это не JSON. Проверьте кавычки, скобки и запятые.") from error
        if not isinstance(pairs, _Pairs):
            raise SheetError(f"Строка {number}: ожидается объект JSON в фигурных скобках.")
        yield SheetRow(number, _json_values(number, pairs, headers))


class _Pairs(list[tuple[str, Any]]):
    """A JSON object with the order and the repetitions of its keys."""


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def _json_values(number: int, pairs: _Pairs, headers: Headers) -> dict[str, Value]:
    values: dict[str, Value] = dict.fromkeys(headers.names, "")
    for name, (_key, value) in zip(headers.match_keys([key for key, _ in pairs], number), pairs, strict=True):
        members = value if type(value) is list else [value]
        if any(isinstance(member, list) for member in members):
            raise SheetError(f"Строка {number}, поле «{headers.title(name)}»: вложенные объекты и списки не принимаем.")
        cleaned = [_clean(member) for member in members]
        values[name] = [member for member in cleaned if member != ""] if type(value) is list else cleaned[0]
    return values


def _clean(value: Any) -> Scalar:
    """One cell: text cleaned and trimmed, whole floats as integers, midnight as a date, nothing as ""."""
    if value is None:
        return ""
    if isinstance(value, str):
        return normalise_text(value)
    if isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):
            return ""
        return int(value) if value.is_integer() else value
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date()
    return value if isinstance(value, str | int | dt.date) else str(value)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value)
