"""Pictures are stored decoded and written anew: upright, sRGB, no EXIF, GPS, comments, thumbnails (SAFETY fact 2)."""

from __future__ import annotations

import contextlib
import io
from pathlib import PurePosixPath
from typing import IO, TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from portal.files.checks import ImageKind, check_image
from portal.files.names import clean_filename

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_SIDE = 3000
_SUFFIXES = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}
_OPTIONS: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 88, "optimize": True, "progressive": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 88, "method": 4},
}
_ORIENTATION = 0x0112
_CONVERTIBLE = {"RGB": "RGB", "RGBA": "RGBA", "CMYK": "RGB", "L": "RGB"}


def reencode_image(file: IO[bytes], *, max_side: int = MAX_SIDE) -> ContentFile[bytes]:
    """Return a new file with the same picture, longer side at most `max_side` pixels, and nothing else of the original.

    JPEG, PNG and WebP keep their format, HEIC becomes JPEG, of a moving picture the first frame stays. The name
    keeps its stem and gets the right extension. Raises ValidationError as `check_image` does, and with code `broken`
    when the picture cannot be decoded.
    """
    kind = check_image(file)
    name = clean_filename(str(getattr(file, "name", None) or "изображение"))
    written = "JPEG" if kind is ImageKind.HEIC else kind.name
    try:
        image = _decode(file, kind, max_side)
    except Exception as error:  # decoders raise a dozen kinds on broken files; the size is checked already
        raise ValidationError(f"„{name}“: изображение повреждено. Сохраните его заново.", code="broken") from error
    finally:
        file.seek(0)
    if written == "JPEG" and image.mode == "RGBA":
        image = _on_white(image)
    image.info = {}  # what writers would otherwise copy: comment, profile, resolution
    output = io.BytesIO()
    image.save(output, written, **_OPTIONS[written])
    stem = PurePosixPath(name).stem if PurePosixPath(name).suffix else name
    return ContentFile(output.getvalue(), name=clean_filename(stem + _SUFFIXES[written]))


def _decode(file: IO[bytes], kind: ImageKind, max_side: int) -> Image:
    """First frame, upright, in RGB or RGBA; a JPEG is decoded at a half, a quarter or an eighth where enough."""
    from PIL import Image as images  # noqa: PLC0415 - decoding is the worker's; web processes check without it

    if kind is ImageKind.HEIC:
        import pillow_heif  # noqa: PLC0415 - 10 MB of codec for the few pictures that need it

        pillow_heif.register_heif_opener()
    image: Image = images.open(file, formats=["HEIF" if kind is ImageKind.HEIC else kind.name])
    orientation = image.getexif().get(_ORIENTATION, 1)
    profile = image.info.get("icc_profile")
    scale = min(1.0, max_side / max(image.size))
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    if kind is ImageKind.JPEG:  # HEIC would take an embedded thumbnail for the picture
        image.draft(None, size)
    image.load()
    if image.mode.startswith("I;16") or image.mode == "I":
        image = image.point(lambda level: level / 256).convert("L")
    elif image.mode not in _CONVERTIBLE or "transparency" in image.info:
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    if size != image.size:
        image = image.resize(size, images.Resampling.LANCZOS, reducing_gap=3.0)
    return _upright(_in_srgb(image, profile), orientation)


def _in_srgb(image: Image, profile: bytes | None) -> Image:
    """Convert by the embedded profile (phones shoot in Display P3); a profile that does not fit is as good as none."""
    from PIL import ImageCms  # noqa: PLC0415 - as in _decode

    if profile:
        with contextlib.suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(image, source, target, outputMode=_CONVERTIBLE[image.mode])
            image = converted or image
    if image.mode == "RGBA" and image.getchannel("A").getextrema() == (255, 255):
        return image.convert("RGB")
    return image if image.mode in ("RGB", "RGBA") else image.convert("RGB")


def _upright(image: Image, orientation: int) -> Image:
    from PIL.Image import Transpose  # noqa: PLC0415 - as in _decode

    turns = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }
    turn = turns.get(orientation)
    return image if turn is None else image.transpose(turn)


def _on_white(image: Image) -> Image:
    from PIL import Image as images  # noqa: PLC0415 - as in _decode

    page = images.new("RGB", image.size, "white")
    page.paste(image, mask=image.getchannel("A"))
    return page
