"""Safe opening of ZIP archives and Office packages that strangers send: structure first, parsers afterwards."""

from __future__ import annotations

import contextlib
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

MEGABYTE = 1024 * 1024

DOCX_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
XLSX_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
PPTX_MAIN = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"

OLE2_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCAL_HEADER = b"PK\x03\x04"
_END_RECORD = b"PK\x05\x06"
_END_RECORD_SIZE = 22
_CHUNK = 256 * 1024
# Blank pictures and empty sheets pack better than any bomb and are harmless while small.
_RATIO_COUNTS_FROM = 4 * MEGABYTE
_CONTENT_TYPES = "[Content_Types].xml"
_PACKAGE_RELATIONS = "_rels/.rels"
_SERVICE_PART_LIMIT = 4 * MEGABYTE
_ROW = re.compile(rb"<(?:\w+:)?(?:row|si)(?=[ />])")
_MACRO_NAME = re.compile(r"(^|/)(vbaproject[^/]*\.bin|vbadata\.xml|macrosheets/.*)$", re.IGNORECASE)
_MACRO_TYPE = re.compile(r"macroenabled|vbaproject|macrosheet", re.IGNORECASE)
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    NotImplementedError,
    ValueError,
    KeyError,
    OverflowError,
)

_BROKEN = "файл повреждён: архив внутри не читается. Откройте его в программе, где он сделан, и сохраните заново."
_TOO_BIG = "в распакованном виде файл слишком велик. Уменьшите рисунки или разделите его на части."


class ArchiveError(ValueError):
    """An archive that is refused: `str()` is a Russian sentence beginning with a small letter, `code` the reason."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """What an archive may cost (SAFETY «Uploads»): entries, bytes unpacked, times an entry may grow.

    For workbooks, whose parser builds trees of some 600 bytes a cell and frees them row by row: `tags` in all and
    `tags_in_row` between two rows or shared strings; None leaves tags uncounted.
    """

    entries: int = 2_000
    unpacked: int = 200 * MEGABYTE
    ratio: int = 100
    tags: int | None = None
    tags_in_row: int = 500_000


@dataclass(frozen=True, slots=True)
class OfficePackage:
    """What an Office Open XML package says of itself: content type of its main part, whether it carries macros."""

    main_type: str
    has_macros: bool


DEFAULT_LIMITS = ArchiveLimits()


def check_zip(file: IO[bytes], *, limits: ArchiveLimits = DEFAULT_LIMITS) -> list[str]:
    """Read the whole archive counting what comes out and return the names of its entries in their order.

    The sizes that an archive declares are not believed; the file is left at its beginning.
    Raises ArchiveError with code `not_zip`, `broken`, `encrypted`, `names` or `bomb`.
    """
    size = _check_ends(file, limits)
    with open_zip(file) as archive:
        entries = archive.infolist()
        if not entries:
            raise ArchiveError("файл пуст: в архиве ничего нет.", "broken")
        if len(entries) > limits.entries:
            raise ArchiveError(_TOO_BIG, "bomb")
        if min(entry.header_offset for entry in entries) != 0:
            raise ArchiveError("файл повреждён: перед архивом есть посторонние данные. Сохраните его заново.", "broken")
        # Entries that share their packed bytes, or boast of more than there are, would cheat the ratio.
        if sum(entry.compress_size for entry in entries) > size:
            raise ArchiveError(_BROKEN, "broken")
        _check_entries(entries)
        _count_unpacked(archive, entries, limits)
    return [entry.filename for entry in entries]


@contextlib.contextmanager
def open_zip(file: IO[bytes]) -> Iterator[zipfile.ZipFile]:
    """Open `file` as a ZIP archive; every way of being unreadable becomes ArchiveError, the file is rewound."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            yield archive
    except ArchiveError:
        raise
    except _UNREADABLE as error:
        raise ArchiveError(_BROKEN, "broken") from error
    finally:
        file.seek(0)


def read_office_package(file: IO[bytes]) -> OfficePackage:
    """Find the main part of an Office Open XML package by its relations and tell its content type (ECMA-376, part 2).

    The archive has passed `check_zip`. Raises ArchiveError with code `not_office` for another kind of archive and
    `broken` for unreadable service parts.
    """
    with open_zip(file) as archive:
        names = archive.namelist()
        if _CONTENT_TYPES not in names or _PACKAGE_RELATIONS not in names:
            raise ArchiveError("это архив, а не документ.", "not_office")
        types = _read_xml(archive, _CONTENT_TYPES)
        relations = _read_xml(archive, _PACKAGE_RELATIONS)
    targets = [
        relation.get("Target", "").lstrip("/")
        for relation in relations
        if relation.get("Type", "").endswith("/relationships/officeDocument")
    ]
    if len(targets) != 1 or targets[0] not in names:
        raise ArchiveError("файл повреждён: в документе нет основной части. Сохраните его заново.", "broken")
    declared = [element.get("ContentType", "") for element in types]
    has_macros = any(map(_MACRO_NAME.search, names)) or any(map(_MACRO_TYPE.search, declared))
    return OfficePackage(main_type=_content_type(types, targets[0]), has_macros=has_macros)


def is_password_protected(file: IO[bytes]) -> bool:
    """Tell whether an OLE2 file is an Office document under a password (MS-OFFCRYPTO: stream «EncryptedPackage»)."""
    wanted = "EncryptedPackage".encode("utf-16-le")
    file.seek(0)
    tail, found = b"", False
    while not found and (chunk := file.read(_CHUNK)):
        found = wanted in tail + chunk
        tail = chunk[-len(wanted) :]
    file.seek(0)
    return found


def _check_ends(file: IO[bytes], limits: ArchiveLimits) -> int:
    """Check that the archive is the whole file and its directory no larger than allowed; return the file's size."""
    file.seek(0)
    if file.read(len(_LOCAL_HEADER)) != _LOCAL_HEADER:
        file.seek(0)
        raise ArchiveError("это не архив ZIP и не документ Office.", "not_zip")
    size = file.seek(0, 2)
    start = max(0, size - _END_RECORD_SIZE - 0xFFFF)
    file.seek(start)
    tail = file.read(size - start)
    file.seek(0)
    position = tail.rfind(_END_RECORD)
    if position < 0 or len(tail) - position < _END_RECORD_SIZE:
        raise ArchiveError(_BROKEN, "broken")
    directory_size, _offset, comment_size = struct.unpack_from("<LLH", tail, position + 12)
    if position + _END_RECORD_SIZE + comment_size != len(tail):
        raise ArchiveError("файл повреждён: после архива есть посторонние данные. Сохраните его заново.", "broken")
    # A directory of millions of names would be read into memory before they can be counted; 1 KB a name is ample.
    if directory_size > limits.entries * 1024:
        raise ArchiveError(_TOO_BIG, "bomb")
    return size


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for entry in entries:
        name = entry.filename.replace("\\", "/")
        if (
            name.startswith("/")
            or re.match(r"[A-Za-z]:", name)
            or ".." in name.split("/")
            or not name.isprintable()
            or stat.S_ISLNK(entry.external_attr >> 16)
            or name.lower() in seen
        ):
            raise ArchiveError("файл повреждён: в архиве недопустимые имена. Сохраните его заново.", "names")
        seen.add(name.lower())
        if entry.flag_bits & 0x1:
            raise ArchiveError("файл защищён паролем. Снимите пароль и загрузите снова.", "encrypted")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise ArchiveError(_BROKEN, "broken")


def _count_unpacked(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], limits: ArchiveLimits) -> None:
    total = tags = 0
    for entry in entries:
        size = tags_in_row = 0
        allowed = max(_RATIO_COUNTS_FROM, limits.ratio * entry.compress_size)
        with archive.open(entry) as source:
            while chunk := source.read(_CHUNK):
                size += len(chunk)
                total += len(chunk)
                if size > allowed or total > limits.unpacked:
                    raise ArchiveError(_TOO_BIG, "bomb")
                if limits.tags is None:
                    continue
                tags += chunk.count(b"<")
                before, *rows = _ROW.split(chunk)
                tags_in_row += before.count(b"<")
                if tags > limits.tags or tags_in_row > limits.tags_in_row:
                    raise ArchiveError(_TOO_BIG, "bomb")
                if rows:  # a whole row within one chunk has no room for more tags than are allowed
                    tags_in_row = rows[-1].count(b"<")


def _read_xml(archive: zipfile.ZipFile, name: str) -> Element:
    if archive.getinfo(name).file_size > _SERVICE_PART_LIMIT:
        raise ArchiveError(_BROKEN, "broken")
    try:
        return fromstring(archive.read(name), forbid_dtd=True)
    except (ParseError, DefusedXmlException) as error:
        raise ArchiveError(_BROKEN, "broken") from error


def _content_type(types: Element, part: str) -> str:
    """Content type of a part: its own override, else the default of its extension."""
    extension = part.rpartition(".")[2].lower()
    default = ""
    for element in types:
        if element.get("PartName", "").lstrip("/").lower() == part.lower():
            return element.get("ContentType", "")
        if element.get("Extension", "").lower() == extension:
            default = element.get("ContentType", "")
    return default
