"""Checks of uploads by what they hold, not by what they are called (SAFETY «Uploads», JOURNEYS §0.4)."""

from __future__ import annotations

import enum
from typing import IO

from django.core.exceptions import ValidationError

from portal.core.archives import (
    DOCX_MAIN,
    MEGABYTE,
    OLE2_SIGNATURE,
    PPTX_MAIN,
    XLSX_MAIN,
    ArchiveError,
    check_zip,
    is_password_protected,
    open_zip,
    read_office_package,
)
from portal.files.names import clean_filename, suffix_of
from portal.files.pictures import BrokenImage, image_format, image_size

MAX_DOCUMENT_BYTES = 20 * MEGABYTE
MAX_IMAGE_BYTES = 20 * MEGABYTE
MAX_PIXELS = 25_000_000  # an 88-megapixel JPEG of 1.35 MB cost 781 MB of memory (SAFETY fact 2)

_ODT_TYPE = b"application/vnd.oasis.opendocument.text"
_PDF_TAIL = 2048


class DocumentKind(enum.Enum):
    """What is accepted as a document: short name for people, extensions, media type."""

    PDF = ("PDF", ("pdf",), "application/pdf")
    DOCX = ("DOCX", ("docx",), "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
    XLSX = ("XLSX", ("xlsx",), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    PPTX = ("PPTX", ("pptx",), "application/vnd.openxmlformats-officedocument.presentationml.presentation")
    ODT = ("ODT", ("odt",), _ODT_TYPE.decode())
    JPEG = ("JPG", ("jpg", "jpeg"), "image/jpeg")
    PNG = ("PNG", ("png",), "image/png")
    WEBP = ("WEBP", ("webp",), "image/webp")

    def __init__(self, label: str, extensions: tuple[str, ...], media_type: str) -> None:
        self.label = label
        self.extensions = extensions
        self.media_type = media_type


class ImageKind(enum.Enum):
    """What is accepted as a picture; the values are the formats that `portal.files.pictures` knows."""

    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    HEIC = "heic"


class _Refused(ValueError):
    """A document of a known kind that is refused: a reason in Russian beginning with a small letter, and its code."""

    def __init__(self, reason: str, code: str) -> None:
        super().__init__(reason)
        self.code = code


_OFFICE = {DOCX_MAIN: DocumentKind.DOCX, XLSX_MAIN: DocumentKind.XLSX, PPTX_MAIN: DocumentKind.PPTX}
_PICTURES = {"jpeg": DocumentKind.JPEG, "png": DocumentKind.PNG, "webp": DocumentKind.WEBP}
_BY_EXTENSION = {extension: kind for kind in DocumentKind for extension in kind.extensions}
_CURES = {
    **dict.fromkeys(("xls", "ods", "numbers", "csv", "xlsb", "xltx"), "Сохраните как XLSX."),
    **dict.fromkeys(("ppt", "pps", "ppsx", "odp", "key", "potx"), "Сохраните как PPTX или PDF."),
    **dict.fromkeys(("docm", "xlsm", "pptm", "dotm", "xltm", "ppsm"), "Сохраните без макросов: DOCX, XLSX или PPTX."),
    **dict.fromkeys(("heic", "heif", "gif", "bmp", "tif", "tiff", "svg", "avif"), "Сохраните как JPG или PNG."),
    **dict.fromkeys(("zip", "rar", "7z", "gz", "tar"), "Загрузите документы из архива по одному."),
}
_CURE = "Сохраните как PDF или DOCX."
_SIGNATURES = (  # of what people and attackers send under another name; only to say what it is
    (b"MZ", "программа Windows"),
    (b"\x7fELF", "программа"),
    (b"#!", "программа"),
    (b"{\\rtf", "документ RTF"),
    (b"Rar!", "архив RAR"),
    (b"7z\xbc\xaf\x27\x1c", "архив 7z"),
    (b"<", "веб-страница или XML"),
)


def check_document(file: IO[bytes], *, max_bytes: int = MAX_DOCUMENT_BYTES) -> DocumentKind:
    """Return the kind of an uploaded document after checking its structure; the name is taken from `file.name`.

    The file is left at its beginning. Raises ValidationError naming the file and the cure, with code `empty`, `size`,
    `type`, `content`, `broken`, `macros`, `encrypted`, `names`, `bomb` or `pixels`.
    """
    name = clean_filename(str(getattr(file, "name", None) or ""))
    _check_size(file, name, max_bytes)
    extension = suffix_of(name).lstrip(".").lower()
    expected = _BY_EXTENSION.get(extension)
    if expected is None:
        raise _refusal(name, f"такой тип не принимаем. {_CURES.get(extension, _CURE)}", "type")
    try:
        found = _document_kind(file)
    except (ArchiveError, _Refused) as error:
        raise _refusal(name, str(error), error.code) from error
    except BrokenImage as error:
        raise _refusal(name, "изображение повреждено. Сохраните его заново.", "broken") from error
    if found is not expected:
        inside = found.label if isinstance(found, DocumentKind) else found
        raise _refusal(name, f"внутри не {expected.label}, а {inside}. Сохраните файл как {expected.label}.", "content")
    if found.value[2].startswith("image/"):
        _check_pixels(file, name, MAX_PIXELS)
    return found


def check_image(file: IO[bytes], *, max_pixels: int = MAX_PIXELS, max_bytes: int = MAX_IMAGE_BYTES) -> ImageKind:
    """Return the kind of a picture by its content; its size in pixels is read without decoding.

    The extension is not asked: phones misname HEIC, and pictures are stored re-encoded under the right one.
    Raises ValidationError with code `empty`, `size`, `type`, `broken` or `pixels`. The file is left at its beginning.
    """
    name = clean_filename(str(getattr(file, "name", None) or ""))
    _check_size(file, name, max_bytes)
    found = image_format(file)
    if found is None or found not in {kind.value for kind in ImageKind}:
        label = "GIF" if found == "gif" else "такой тип"
        raise _refusal(name, f"{label} не принимаем. Сохраните как JPG или PNG.", "type")
    _check_pixels(file, name, max_pixels)
    return ImageKind(found)


def _check_size(file: IO[bytes], name: str, max_bytes: int) -> None:
    size = file.seek(0, 2)
    file.seek(0)
    if not size:
        raise _refusal(name, "файл пуст. Проверьте, что он сохранился, и загрузите снова.", "empty")
    if size > max_bytes:
        raise _refusal(name, f"больше {max_bytes // MEGABYTE} МБ. Уменьшите файл или разделите его.", "size")


def _check_pixels(file: IO[bytes], name: str, max_pixels: int) -> None:
    try:
        width, height = image_size(file)
    except BrokenImage as error:
        raise _refusal(name, "изображение повреждено. Сохраните его заново.", "broken") from error
    if width * height > max_pixels:
        limit = max_pixels // 1_000_000
        raise _refusal(
            name, f"в изображении {width} × {height} точек, принимаем до {limit} млн. Уменьшите его.", "pixels"
        )


def _document_kind(file: IO[bytes]) -> DocumentKind | str:
    """Kind by structure, or words for what else it is. Raises ArchiveError or _Refused."""
    start = file.read(16)
    file.seek(0)
    if start.startswith(b"%PDF-"):
        _check_pdf(file)
        return DocumentKind.PDF
    if start.startswith(b"PK\x03\x04"):
        return _archive_kind(file)
    if start.startswith(OLE2_SIGNATURE):
        if is_password_protected(file):
            raise _Refused("файл защищён паролем. Снимите пароль и загрузите снова.", "encrypted")
        return "документ старого Office (DOC, XLS, PPT)"
    picture = image_format(file)
    if picture is not None:
        return _PICTURES.get(picture, picture.upper())
    return next((label for signature, label in _SIGNATURES if start.startswith(signature)), "что-то другое")


def _check_pdf(file: IO[bytes]) -> None:
    """Header with a version, and the end that a cut upload has not (ISO 32000-1, 7.5)."""
    header = file.read(8)
    file.seek(0, 2)
    size = file.tell()
    file.seek(max(0, size - _PDF_TAIL))
    tail = file.read(_PDF_TAIL)
    file.seek(0)
    if header[5:7] not in (b"1.", b"2.") or b"startxref" not in tail or b"%%EOF" not in tail:
        raise _Refused("файл повреждён или загружен не целиком. Сохраните его заново.", "broken")


def _archive_kind(file: IO[bytes]) -> DocumentKind | str:
    names = check_zip(file)
    if names[0] == "mimetype":
        return _opendocument_kind(file, names)
    try:
        package = read_office_package(file)
    except ArchiveError as error:
        if error.code == "not_office":
            return "архив ZIP"
        raise
    if package.has_macros:
        raise _Refused("в документе есть макросы. Сохраните его без макросов: DOCX, XLSX или PPTX.", "macros")
    return _OFFICE.get(package.main_type, "шаблон или документ другого типа")


def _opendocument_kind(file: IO[bytes], names: list[str]) -> DocumentKind | str:
    with open_zip(file) as archive:
        media_type = archive.read("mimetype")[:200]
        manifest = archive.read("META-INF/manifest.xml")
    if b"encryption-data" in manifest:
        raise _Refused("файл защищён паролем. Снимите пароль и загрузите снова.", "encrypted")
    if any(name.startswith(("Basic/", "Scripts/")) for name in names):
        raise _Refused("в документе есть макросы. Сохраните его без макросов.", "macros")
    if media_type != _ODT_TYPE:
        return "другой документ OpenDocument"
    if "content.xml" not in names:
        raise _Refused("файл повреждён: в документе нет текста. Сохраните его заново.", "broken")
    return DocumentKind.ODT


def _refusal(name: str, reason: str, code: str) -> ValidationError:
    return ValidationError(f"„{name}“: {reason}", code=code)
