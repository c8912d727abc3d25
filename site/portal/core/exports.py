"""The one export helper: lists as XLSX, CSV or JSON, safe and right in Russian Excel (SAFETY fact 8, FEATURES N1)."""

from __future__ import annotations

import csv
import datetime as dt
import json
import math
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, islice
from typing import IO, Any, Literal

from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from portal.core.text import single_line, strip_control_characters

Kind = Literal["text", "number", "date", "datetime", "url"]
Format = Literal["xlsx", "csv", "json"]
Cell = str | int | float | Decimal | dt.date | dt.datetime | None

FORMATS: Mapping[Format, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
}

MAX_CELL_UNITS = 32_767  # characters of one Excel cell, counted in UTF-16 code units
MAX_SHEET_ROWS = 1_048_576
_MAX_LINKS = 65_530  # Excel repairs (drops) what comes after
_MAX_LINK_LENGTH = 2_079
_EXACT_DIGITS = 15  # Excel keeps no more, so a longer number goes as text
_FORMULA_STARTS = "=+-@\t\r\n＝＋－＠"
_FIRST_EXCEL_DAY = dt.date(1900, 3, 1)  # before it Excel's calendar and ours differ by a day
_DATE_FORMATS: Mapping[str, str] = {"date": "dd.mm.yyyy", "datetime": "dd.mm.yyyy hh:mm"}
_FORBIDDEN_IN_NAMES = re.compile(r'[<>:"/|?*\\]')  # by Windows
_SAMPLE = 200
_WIDEST = 60  # characters of the widest column
_CHUNK_ROWS = 200


@dataclass(frozen=True, slots=True)
class Column:
    """One column: title for people, value as a dotted path (attributes or mapping keys) or a function of the row.

    `key` is the name in JSON; by default it is the path with dots as underscores, or the function's name.
    Raises ValueError for a nameless function without a key.
    """

    title: str
    value: Callable[[Any], Any] | str
    kind: Kind = "text"
    key: str = ""

    def __post_init__(self) -> None:
        if self.key:
            return
        key = self.value.replace(".", "_") if isinstance(self.value, str) else getattr(self.value, "__name__", "")
        if not key.isidentifier():
            raise ValueError(f"Column «{self.title}» needs a key: its value has no name")
        object.__setattr__(self, "key", key)

    def of(self, row: Any) -> Any:
        """Value of this column for a row, as the model keeps it; None when something on the path is None."""
        if not isinstance(self.value, str):
            return self.value(row)
        value = row
        for step in self.value.split("."):
            if value is None:
                return None
            value = value[step] if isinstance(value, Mapping) else getattr(value, step)
            if callable(value):
                value = value()
        return value


def export_response(
    fmt: Format, name: str, columns: Sequence[Column], rows: Iterable[Any], *, sheet_title: str = ""
) -> FileResponse | StreamingHttpResponse:
    """Answer with `rows` as a file «name YYYY-MM-DD.fmt» (RFC 6266).

    CSV and JSON are streamed, XLSX goes through a temporary file. Rows are already what this user may see.
    Raises ValueError for a format that is not in FORMATS.
    """
    if fmt not in FORMATS:
        raise ValueError(f"Unknown export format: {fmt!r}")
    response: FileResponse | StreamingHttpResponse
    if fmt == "xlsx":
        file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it after the last byte
        write_xlsx(file, columns, rows, sheet_title=sheet_title or name)
        file.seek(0)
        response = FileResponse(file, content_type=FORMATS[fmt])
    else:
        parts = csv_parts(columns, rows) if fmt == "csv" else json_parts(columns, rows)
        response = StreamingHttpResponse(parts, content_type=FORMATS[fmt])
    today = timezone.localdate(timezone=timezone.get_default_timezone())
    filename = f"{_FORBIDDEN_IN_NAMES.sub('_', single_line(name))} {today:%Y-%m-%d}.{fmt}"
    response.headers["Content-Disposition"] = content_disposition_header(True, filename) or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def write_xlsx(file: IO[bytes], columns: Sequence[Column], rows: Iterable[Any], *, sheet_title: str) -> int:
    """Write a workbook of one sheet into an open binary file and return the number of rows; memory stays bounded.

    Raises ValueError when the rows do not fit into a sheet.
    """
    from openpyxl import Workbook  # noqa: PLC0415 - heavy: a web process loads it only when someone exports (SPEED)
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415 - the same
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - the same

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(_sheet_title(sheet_title))
    sheet.freeze_panes = "A2"
    _fit_to_paper(sheet)
    values = ([sheet_value(column, column.of(row)) for column in columns] for row in rows)
    sample = list(islice(values, _SAMPLE))
    for index, column in enumerate(columns):
        letter = get_column_letter(index + 1)
        sheet.column_dimensions[letter].width = _width(column, [row[index] for row in sample])
    # Long texts go on in the next line of their cell; beside them everything begins at the top.
    long = any(isinstance(value, str) and _is_long(value) for row in sample for value in row)
    lines = Alignment(wrap_text=True, vertical="top") if long else None
    header = [_text_cell(sheet, single_line(column.title)) for column in columns]
    for cell in header:
        cell.font = Font(bold=True)
    sheet.append(header)
    count = 0
    for count, row in enumerate(chain(sample, values), start=1):
        if count == MAX_SHEET_ROWS:
            raise ValueError(f"More than {MAX_SHEET_ROWS - 1} rows do not fit into a sheet")
        linked = count * len(columns) <= _MAX_LINKS
        cells = [_cell(sheet, column, value, linked=linked) for column, value in zip(columns, row, strict=True)]
        sheet.append([_in_lines(sheet, cell, lines) for cell in cells] if lines else cells)
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{count + 1}"
    workbook.save(file)
    return count


def _fit_to_paper(sheet: Any) -> None:
    """Print the table across the paper, all columns on a page and their titles on each."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"


def _in_lines(sheet: Any, cell: Any, lines: Any) -> Any:
    from openpyxl.cell import Cell as SheetCell  # noqa: PLC0415 - loaded by the caller already
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - the same

    if cell is None:
        return None
    cell = cell if isinstance(cell, SheetCell) else WriteOnlyCell(sheet, cell)
    cell.alignment = lines
    return cell


def _is_long(text: str) -> bool:
    return len(text) > _WIDEST or "\n" in text


def _cell(sheet: Any, column: Column, value: Cell, *, linked: bool) -> Any:
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - loaded by the caller already

    if isinstance(value, str):
        cell = _text_cell(sheet, value)
        if linked and column.kind == "url" and _is_link(value):
            cell.hyperlink = value
            cell.style = "Hyperlink"
        return cell
    if isinstance(value, dt.date):
        cell = WriteOnlyCell(sheet, value)
        cell.number_format = _DATE_FORMATS["datetime" if isinstance(value, dt.datetime) else "date"]
        return cell
    return value


def _text_cell(sheet: Any, text: str) -> Any:
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - loaded by the caller already

    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"  # openpyxl takes «=…» for a formula and «#N/A» for an error
    if _looks_like_formula(text):
        cell.quotePrefix = True  # and Excel would, once the cell is edited
    return cell


def csv_parts(columns: Sequence[Column], rows: Iterable[Any]) -> Iterator[bytes]:
    """CSV as Russian Excel opens it: UTF-8 with a mark, «;», decimal comma, ДД.ММ.ГГГГ; no cell is a formula."""
    lines: list[str] = []

    class Sink:
        def write(self, line: str) -> None:
            lines.append(line)

    writer = csv.writer(Sink(), delimiter=";", lineterminator="\r\n")
    writer.writerow([_csv_text(single_line(column.title)) for column in columns])
    yield "".join(lines).encode("utf-8-sig")
    lines.clear()
    for row in rows:
        writer.writerow([_csv_text(sheet_value(column, column.of(row))) for column in columns])
        if len(lines) >= _CHUNK_ROWS:
            yield "".join(lines).encode()
            lines.clear()
    if lines:
        yield "".join(lines).encode()


def json_parts(columns: Sequence[Column], rows: Iterable[Any]) -> Iterator[bytes]:
    """A JSON list of objects by column keys: values uncut, ISO 8601 dates, instants in TIME_ZONE, lists as lists."""
    separator = "["
    for row in rows:
        line = {column.key: _json_value(column.of(row)) for column in columns}
        yield f"{separator}\n{json.dumps(line, ensure_ascii=False, allow_nan=False)}".encode()
        separator = ","
    yield b"[]\n" if separator == "[" else b"\n]\n"


def sheet_value(column: Column, value: Any) -> Cell:
    """Turn a model's value into what a cell of XLSX or CSV holds.

    That is a naive local date or time, a finite number, cleaned text cut to what Excel takes, or None.
    """
    if isinstance(value, dt.date):
        return _sheet_date(column, value)
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return _sheet_number(column, value)
    if isinstance(value, list | tuple | set | frozenset):
        return cut_cell("; ".join(_clean(item) for item in value)) or None
    return cut_cell(_clean(value)) or None


def cut_cell(text: str) -> str:
    """Cut text to what an Excel cell takes, ending it with «…» when something was lost."""
    if len(text) <= MAX_CELL_UNITS // 2:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= MAX_CELL_UNITS * 2:
        return text
    return units[: (MAX_CELL_UNITS - 1) * 2].decode("utf-16-le", errors="ignore") + "…"


def _clean(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "да" if value else "нет"
    return strip_control_characters(str(value)).replace("\r\n", "\n").replace("\r", "\n")


def _sheet_number(column: Column, value: int | float | Decimal) -> Cell:
    if not math.isfinite(value):
        return None
    if column.kind == "number" and (not isinstance(value, int) or len(str(abs(value))) <= _EXACT_DIGITS):
        return value
    return str(value)


def _sheet_date(column: Column, value: dt.date) -> Cell:
    if isinstance(value, dt.datetime):
        if timezone.is_aware(value):
            value = timezone.make_naive(value, timezone.get_default_timezone())
        if column.kind == "date":
            value = value.date()
    day = value.date() if isinstance(value, dt.datetime) else value
    return value if day >= _FIRST_EXCEL_DAY else value.isoformat()


def _looks_like_formula(text: str) -> bool:
    return text[:1] in _FORMULA_STARTS or text.lstrip()[:1] in _FORMULA_STARTS if text else False


def _csv_text(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if _looks_like_formula(value) else value
    if isinstance(value, dt.datetime):
        return f"{value:%d.%m.%Y %H:%M}"
    if isinstance(value, dt.date):
        return f"{value:%d.%m.%Y}"
    return (f"{value:f}" if isinstance(value, Decimal) else str(value)).replace(".", ",")


def _json_value(value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float | Decimal):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        return timezone.localtime(value, timezone.get_default_timezone()).isoformat()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, list | tuple | set | frozenset):
        return [_json_value(item) for item in value]
    return _clean(value)


def _is_link(text: str) -> bool:
    return text.startswith(("https://", "http://", "mailto:")) and len(text) <= _MAX_LINK_LENGTH and " " not in text


def _sheet_title(title: str) -> str:
    """Excel refuses []:*?/\\ in a sheet's name, apostrophes at its ends, more than 31 characters and an empty one."""
    return single_line(re.sub(r"[\[\]:*?/\\]", " ", title)).lstrip(" '")[:31].rstrip(" '") or "Лист"


def _width(column: Column, sample: Sequence[Cell]) -> int:
    """Width in characters: enough for the title with its filter button and for most of the sampled values."""
    if column.kind in _DATE_FORMATS:
        return max(12 if column.kind == "date" else 17, len(column.title) + 4)
    longest = max((len(line) for value in sample if value is not None for line in str(value).split("\n")), default=0)
    return min(_WIDEST, max(8, len(column.title) + 4, longest + 2))
