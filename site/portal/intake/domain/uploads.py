"""Taking a file into an application: what is accepted where, said before and after; no file is trusted by its name.

JOURNEYS §0.4, SAFETY «Uploads». What is taken is checked by structure, pictures are written anew without what the
camera told of itself, and every refusal names the file and the cure.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO, Any, Protocol

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File

from portal.core.archives import MEGABYTE
from portal.files.checks import MAX_DOCUMENT_BYTES, check_document, check_image
from portal.files.names import clean_filename, suffix_of
from portal.files.pictures import BrokenImage, image_format, image_size
from portal.files.reencode import reencode_image
from portal.intake.enums import AttachmentPurpose

DRAFT_BYTES = 60 * MEGABYTE
PICTURES = "JPG, PNG, WEBP или HEIC"
_PICTURE_SUFFIXES = {".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif"}
_PICTURE_FORMATS = {"jpeg", "png", "webp", "heic"}
_PICTURE_TYPES = {".jpg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}


@dataclass(frozen=True)
class Limits:
    """What one place of an application takes: how many files, how large each, how wide a picture at least."""

    most: int
    each: int
    words: str  # what people read before they choose
    accept: str  # for the picker of the browser
    only_pictures: bool = False
    width: int = 0


_DOCUMENTS = ".pdf,.docx,.xlsx,.pptx,.odt,.jpg,.jpeg,.png,.webp,.heic"
_IMAGES = ".jpg,.jpeg,.png,.webp,.heic,image/*"
LIMITS: dict[str, Limits] = {
    AttachmentPurpose.FILE: Limits(
        10, MAX_DOCUMENT_BYTES, "PDF, DOCX, XLSX, PPTX, ODT, JPG, PNG; до 20 МБ каждый, не больше 10.", _DOCUMENTS
    ),
    AttachmentPurpose.COVER: Limits(
        1, 8 * MEGABYTE, f"{PICTURES}, от 1200 точек в ширину, до 8 МБ.", _IMAGES, only_pictures=True, width=1200
    ),
    AttachmentPurpose.PHOTO: Limits(
        10, MAX_DOCUMENT_BYTES, f"{PICTURES}; до 20 МБ каждый, не больше 10.", _IMAGES, only_pictures=True
    ),
    AttachmentPurpose.CONSENT: Limits(
        12, MAX_DOCUMENT_BYTES, "Скан или снимок листа: PDF, JPG или PNG; до 20 МБ.", ".pdf,.jpg,.jpeg,.png,.heic"
    ),
}


class Held(Protocol):
    """A file that an application has already."""

    purpose: str
    size: int


@dataclass(frozen=True)
class Prepared:
    """A file that may be stored: its content, the name people gave it, what it is."""

    content: File
    name: str
    media_type: str
    size: int
    digest: str


def prepare(upload: IO[bytes], purpose: str) -> Prepared:
    """Return `upload` ready to be stored in the place `purpose`: documents as they are, pictures written anew.

    Raises ValidationError naming the file and the cure, with a code of `portal.files.checks` or `width`.
    """
    limits = LIMITS[purpose]
    name = clean_filename(str(getattr(upload, "name", None) or ""))
    if limits.only_pictures or _is_picture(upload, name):
        return _picture(upload, name, limits)
    kind = check_document(upload, max_bytes=limits.each)
    content = upload if isinstance(upload, File) else ContentFile(upload.read(), name=name)
    size = content.seek(0, 2)
    return Prepared(content, name, kind.media_type, size, _digest(content))


def check_room(held: Iterable[Held], purpose: str, size: int, name: str) -> None:
    """Refuse a file for which the application has no room. Raises ValidationError with code `count` or `total`."""
    held = list(held)
    limits = LIMITS[purpose]
    if limits.most > 1 and sum(file.purpose == purpose for file in held) >= limits.most:
        raise refusal(name, f"здесь уже {limits.most} файлов, больше нельзя. Удалите лишний.", "count")
    kept = sum(file.size for file in held if limits.most > 1 or file.purpose != purpose)
    if kept + size > DRAFT_BYTES:
        free = max(0, DRAFT_BYTES - kept)
        raise refusal(
            name,
            f"вместе с ним файлов заявки больше {DRAFT_BYTES // MEGABYTE} МБ, свободно {megabytes(free)} МБ. "
            "Уменьшите файл или удалите другой.",
            "total",
        )


def refusal(name: str, reason: str, code: str) -> ValidationError:
    """Return the error that names the file; `reason` begins with a small letter and ends with the cure."""
    return ValidationError(f"„{name}“: {reason}", code=code)


def megabytes(size: int) -> str:
    """Return a size as people write it: «4,8»."""
    return f"{size / MEGABYTE:.1f}".removesuffix(".0").replace(".", ",")


def _is_picture(upload: IO[bytes], name: str) -> bool:
    """A picture by both its name and its content; a document called a picture is refused by the check of documents."""
    return suffix_of(name).lower() in _PICTURE_SUFFIXES and image_format(upload) in _PICTURE_FORMATS


def _picture(upload: IO[bytes], name: str, limits: Limits) -> Prepared:
    check_image(upload, max_bytes=limits.each)
    width = _width(upload, name)
    clean: Any = reencode_image(upload)
    stored = str(clean.name)
    if limits.width and _upright_width(width, clean) < limits.width:
        raise refusal(
            name,
            f"ширина снимка {_upright_width(width, clean)} точек, нужно не меньше {limits.width}. "
            "Возьмите исходный снимок, а не уменьшенную копию.",
            "width",
        )
    return Prepared(clean, stored, _PICTURE_TYPES[suffix_of(stored).lower()], clean.size, _digest(clean))


def _width(upload: IO[bytes], name: str) -> tuple[int, int]:
    try:
        return image_size(upload)
    except BrokenImage as error:
        raise refusal(name, "изображение повреждено. Сохраните его заново.", "broken") from error


def _upright_width(declared: tuple[int, int], clean: IO[bytes]) -> int:
    """Width of the original as it is seen: a telephone held upright writes the picture lying on its side."""
    width, height = image_size(clean)
    turned = (declared[0] > declared[1]) != (width > height) and width != height
    return declared[1] if turned else declared[0]


def _digest(content: IO[bytes]) -> str:
    content.seek(0)
    digest = hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]
    content.seek(0)
    return digest
