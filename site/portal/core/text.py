"""Cleaning of text that people, tables and file names bring in: what is invisible goes, what is written stays."""

from __future__ import annotations

import re
import unicodedata

# Kept out: C0 and C1 controls except tab and line ends, bidi marks and overrides, zero-width and other invisible
# characters (the soft hyphen too: it breaks search), lone surrogates and non-characters: XML cannot carry them.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_LINE_END = re.compile("\r\n?|\u2028|\u2029")
_WIDE_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")


def strip_control_characters(text: str) -> str:
    """Return `text` without control, bidi and zero-width characters; tabs and line ends stay (SAFETY «Input»)."""
    return _INVISIBLE.sub("", text)


def normalise_text(text: str) -> str:
    """Return `text` ready to be stored: nothing invisible, NFC, line ends as LF, plain spaces, edges trimmed."""
    text = _LINE_END.sub("\n", strip_control_characters(text))
    return _WIDE_SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip()


def single_line(text: str) -> str:
    """Return `normalise_text(text)` with every run of white space, line ends included, as one space."""
    return " ".join(normalise_text(text).split())
