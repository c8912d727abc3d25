"""Passport of a practice as an accessible PDF (PDF/UA-1, tagged, Russian), drawn by typst.

Worker only: typst and qrcode are loaded here and must stay out of web processes (SPEED). The text of a practice reaches
typst as JSON in `sys.inputs` and is shown as strings, so nothing an author writes is ever markup.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

from practices.passport_files.content import Passport, cleaned, one_line
from practices.passport_files.glyphs import printable
from practices.passport_files.outline import Outline, outline
from practices.passport_files.qr import has_qr, is_web_address, qr_svg

TEMPLATE = Path(__file__).with_name("passport.typ")
ZERO_WIDTH_SPACE = "\u200b"
LONGEST_UNBROKEN = 24  # characters; longer ones are addresses and stuck keys, hardly any Russian word
PIECE_LENGTH = 6  # characters; the narrowest cell holds about ten

_LONG_WORD = re.compile(rf"\S{{{LONGEST_UNBROKEN + 1},}}")
_PIECE = re.compile(rf".{{{PIECE_LENGTH}}}[\u0300-\u036f]*")  # an accent stays with its letter
_BREAKABLE = re.compile(r"(?<=[/?&=_.-])(?=[^\W_])")


@dataclasses.dataclass(frozen=True)
class Cover:
    """What a file says about itself beside its text: the line above the title, the address it leads to, the metadata."""

    label: str
    author: str
    url: str = ""
    url_words: str = "Открыть страницу практики"
    keywords: tuple[str, ...] = ()
    is_demo: bool = False


def render_pdf(passport: Passport, *, made_on: datetime) -> bytes:
    """Return the passport as a PDF/UA-1 file.

    `made_on` (aware) is the only date in the file, so the same passport and date give the same bytes. Text is cleaned
    first; symbols that the built-in font lacks (emoji, hieroglyphs) become «□». Raises ValueError for a naive date,
    typst.TypstError only if the template itself is at fault.
    """
    passport = cleaned(passport)
    cover = Cover(
        label="Паспорт практики",
        author=one_line(passport.organisation),
        url=passport.url,
        keywords=tuple(passport.tags),
        is_demo=passport.is_demo,
    )
    return render_outline(outline(passport), cover, made_on=made_on)


def render_outline(shown: Outline, cover: Cover, *, made_on: datetime) -> bytes:
    """Return an outline of cleaned text as a PDF/UA-1 file in the look of the passport. Raises as `render_pdf`."""
    if made_on.tzinfo is None:
        raise ValueError("made_on must know its time zone")
    qr = has_qr(cover.url)
    inputs = {"passport": json.dumps(_data(shown, cover, has_qr_code=qr), ensure_ascii=False)}
    if qr:
        inputs["qr"] = qr_svg(cover.url)
    return typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        font_paths=_built_in_fonts(),
        ignore_system_fonts=True,
        sys_inputs=inputs,
        pdf_standards=["ua-1"],
        timestamp=made_on.replace(microsecond=0),  # typst takes whole seconds
    )


@functools.cache
def _built_in_fonts() -> typst.Fonts:
    """Fonts inside the typst package only: the file must not depend on the machine it is made on."""
    return typst.Fonts(include_system_fonts=False)


def _data(shown: Outline, cover: Cover, *, has_qr_code: bool) -> dict[str, Any]:
    return {
        **_shown(shown),
        "label": cover.label,
        "url_text": _BREAKABLE.sub(ZERO_WIDTH_SPACE, printable(cover.url)),
        "is_demo": cover.is_demo,
        "has_qr": has_qr_code,
        # Metadata and link targets are no typeset text: they keep every symbol and get no break marks.
        "link": cover.url if is_web_address(cover.url) else "",
        "link_words": cover.url_words,
        "meta": {"title": shown.title, "author": cover.author, "keywords": list(cover.keywords)},
    }


def _shown(value: Any) -> Any:
    """Turn blocks into JSON values: a dataclass to a dict with its name under `kind`, text made fit for the font."""
    if isinstance(value, str):
        return _LONG_WORD.sub(_broken, printable(value))
    if isinstance(value, tuple):
        return [_shown(item) for item in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        shown = {field.name: _shown(getattr(value, field.name)) for field in dataclasses.fields(value)}
        return {"kind": type(value).__name__, **shown}
    return value


def _broken(word: re.Match[str]) -> str:
    """Give a word without blanks places to break, so that a pasted address or a stuck key stays on the paper."""
    return _PIECE.sub(lambda piece: piece[0] + ZERO_WIDTH_SPACE, word[0])
