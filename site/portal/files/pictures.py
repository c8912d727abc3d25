"""Format and size of a picture read from its first bytes: nothing is decoded, so nothing can be blown up."""

from __future__ import annotations

import struct
from typing import IO

_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"}
_JPEG_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_JPEG_BARE = {0x01, *range(0xD0, 0xD9)}
_MAX_META = 1024 * 1024


class BrokenImage(ValueError):
    """The header of a picture does not tell its size."""


def image_format(file: IO[bytes]) -> str | None:
    """Return jpeg, png, webp, heic, avif, gif, bmp or tiff by the signature, else None; the file is rewound."""
    start = file.read(64)
    file.seek(0)
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return "webp"
    if start[4:8] == b"ftyp":
        return _iso_media_format(start)
    signatures = {
        b"\xff\xd8\xff": "jpeg",
        b"\x89PNG\r\n\x1a\n": "png",
        b"GIF8": "gif",
        b"BM": "bmp",
        b"II*\x00": "tiff",
        b"MM\x00*": "tiff",
    }
    return next((name for signature, name in signatures.items() if start.startswith(signature)), None)


def image_size(file: IO[bytes]) -> tuple[int, int]:
    """Return the declared width and height of a JPEG, PNG, WebP or HEIC in pixels; the file is rewound.

    Raises BrokenImage when the header does not tell them.
    """
    readers = {"jpeg": _jpeg_size, "png": _png_size, "webp": _webp_size, "heic": _heic_size}
    reader = readers.get(image_format(file) or "")
    try:
        width, height = reader(file) if reader else (0, 0)
    except (struct.error, IndexError) as error:
        raise BrokenImage from error
    finally:
        file.seek(0)
    if not width or not height:
        raise BrokenImage
    return width, height


def _iso_media_format(start: bytes) -> str | None:
    length = min(int.from_bytes(start[:4], "big"), len(start))
    brands = [start[8:12], *(start[at : at + 4] for at in range(16, length - 3, 4))]
    if b"avif" in brands or b"avis" in brands:
        return "avif"
    return "heic" if _HEIC_BRANDS.intersection(brands) else None


def _png_size(file: IO[bytes]) -> tuple[int, int]:
    kind, width, height = struct.unpack(">4s2I", file.read(24)[12:])
    if kind != b"IHDR":
        raise BrokenImage
    return width, height


def _jpeg_size(file: IO[bytes]) -> tuple[int, int]:
    """Largest of the frame headers before the scan: a decoder may believe either of two."""
    file.seek(2)
    width = height = 0
    while True:
        if file.read(1) != b"\xff":
            raise BrokenImage
        marker = 0xFF
        while marker == 0xFF:
            marker = file.read(1)[0]
        if marker in _JPEG_BARE:
            continue
        if marker in (0xD9, 0xDA):
            return width, height
        (length,) = struct.unpack(">H", file.read(2))
        segment = file.read(length - 2) if length > 2 else b""
        if marker in _JPEG_FRAMES:
            rows, columns = struct.unpack(">2H", segment[1:5])
            if rows * columns >= width * height:
                width, height = columns, rows


def _webp_size(file: IO[bytes]) -> tuple[int, int]:
    """Container specification of WebP: VP8X holds the canvas, VP8L 14 bits and VP8 14 bits a side."""
    start = file.read(30)
    chunk, body = start[12:16], start[20:]
    if chunk == b"VP8X":
        return int.from_bytes(body[4:7], "little") + 1, int.from_bytes(body[7:10], "little") + 1
    if chunk == b"VP8L" and body[0] == 0x2F:
        bits = int.from_bytes(body[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if chunk == b"VP8 " and body[3:6] == b"\x9d\x01\x2a":
        width, height = struct.unpack("<2H", body[6:10])
        return width & 0x3FFF, height & 0x3FFF
    raise BrokenImage


def _heic_size(file: IO[bytes]) -> tuple[int, int]:
    """Largest of the «ispe» properties (ISO 23008-12, 6.5.3): the whole, its tiles and its thumbnail have one each."""
    start = file.read(_MAX_META)
    sizes = []
    at = start.find(b"ispe")
    while at >= 0:
        sizes.append(struct.unpack(">2I", start[at + 8 : at + 16]))
        at = start.find(b"ispe", at + 4)
    if not sizes:
        raise BrokenImage
    width, height = max(sizes, key=lambda size: size[0] * size[1])
    return width, height
