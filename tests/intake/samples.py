"""Uploads of every kind for the tests of applications, built small."""

from __future__ import annotations

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n"
GPS_TAG = 0x8825


def upload(content: bytes = PDF, name: str = "План.pdf") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content)


def picture(written: str = "JPEG", size: tuple[int, int] = (1600, 900), **options: object) -> bytes:
    """A picture of one colour."""
    file = io.BytesIO()
    if written == "HEIF":
        import pillow_heif

        pillow_heif.register_heif_opener()
    Image.new("RGB", size, "teal").save(file, written, **options)
    return file.getvalue()


def with_place(size: tuple[int, int] = (1600, 900), orientation: int = 1) -> bytes:
    """A photo of a telephone: it tells where it was taken, and how the telephone was held."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif.get_ifd(GPS_TAG)[1] = "N"
    return picture(size=size, exif=exif.tobytes())
