"""From SVG to JPEG by typst. For the loader and its worker only: web processes must not import this module.

typst holds a compiler and its fonts in memory (tens of megabytes); that has no place in a process that serves pages.
"""

from __future__ import annotations

from io import BytesIO

import typst
from PIL import Image

from portal.demo.covers.draw import HEIGHT, WIDTH

JPEG_QUALITY = 85


def render_jpeg(svg: str, *, width: int = WIDTH) -> bytes:
    """Return a cover as JPEG bytes without metadata, `width` pixels wide and 16:9; same input, same bytes.

    Raises ValueError for a width that is not positive, typst.TypstError for text that is no SVG.
    """
    if width < 1:
        raise ValueError("width must be positive")
    page = f'#set page(width: {WIDTH}pt, height: {HEIGHT}pt, margin: 0pt)\n#image("cover.svg", width: 100%)'
    files = {"main.typ": page.encode(), "cover.svg": svg.encode()}
    # A typst page is measured in points, 72 to the inch: 72 ppi gives one pixel per point.
    # The stub of typst omits the dict of files that the package accepts and documents.
    png = typst.compile(files, format="png", ppi=72 * width / WIDTH, ignore_system_fonts=True)  # type: ignore[call-overload]
    with Image.open(BytesIO(png)) as picture:
        flat = picture.convert("RGB")
    target = BytesIO()
    flat.save(target, "JPEG", quality=JPEG_QUALITY, subsampling=0, optimize=True)
    return target.getvalue()
