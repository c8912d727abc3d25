"""QR code of a practice's address, as SVG for the PDF and PNG for Word.

Worker only: imports qrcode (and Pillow), which a web process must not load (SPEED).
"""

from __future__ import annotations

import io

import qrcode
import qrcode.constants
import qrcode.image.pil
import qrcode.image.svg
import qrcode.main

# Beyond this a printed 3 cm code at level M gets modules under 0.4 mm, which phones fail to read.
MAX_ADDRESS_BYTES = 300
QUIET_ZONE_MODULES = 4  # ISO/IEC 18004


def has_qr(url: str) -> bool:
    """Tell whether `url` is a web address that a printed code can carry."""
    return is_web_address(url) and len(url.encode()) <= MAX_ADDRESS_BYTES


def is_web_address(url: str) -> bool:
    """Tell whether `url` may become a link: only http and https, without blanks."""
    return url.startswith(("https://", "http://")) and not any(c.isspace() for c in url)


def qr_svg(url: str) -> str:
    """Return the code as an SVG document; one path, so that typst draws no hairlines between modules."""
    buffer = io.BytesIO()
    _code(url).make_image(image_factory=qrcode.image.svg.SvgPathImage).save(buffer)
    return buffer.getvalue().decode()


def qr_png(url: str) -> bytes:
    """Return the code as a black and white PNG, ten pixels a module."""
    buffer = io.BytesIO()
    _code(url).make_image(image_factory=qrcode.image.pil.PilImage).save(buffer, "PNG")
    return buffer.getvalue()


def _code(url: str) -> qrcode.main.QRCode:
    code = qrcode.main.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=QUIET_ZONE_MODULES, box_size=10)
    code.add_data(url)
    return code
