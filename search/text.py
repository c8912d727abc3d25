"""Russian text made comparable: keys by which names are sorted, matched and kept unique.

SQLite's case-insensitive lookups know only ASCII and both databases put «Ё» before «А», so the portal stores
these keys beside the names and compares the keys; the result is the same on every database and collation.
"""

from __future__ import annotations

import re
import unicodedata

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_QUOTES = dict.fromkeys(map(ord, "«»„“”\"'‘’`"), " ")
_NOT_WORD = re.compile(r"[\W_]+")
_DIGITS_OR_CHAR = re.compile(r"\d+|.", re.DOTALL)
_ALPHABET = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_RANK = {letter: f"r{index:02d}" for index, letter in enumerate(_ALPHABET)}


def fold(text: str) -> str:
    """Return `text` in NFKC, without case, with one kind of dash; nothing is dropped."""
    return unicodedata.normalize("NFKC", text).casefold().translate(_DASHES)


def match_key(text: str) -> str:
    """Return the key under which two spellings of one name meet.

    Case, quotes, dashes and repeated spaces do not count and ё equals е, so «Детский сад "Ёлочка"» and
    «детский сад Елочка» have one key. A part of a name has a key that is a part of the name's key.
    """
    return " ".join(_NOT_WORD.sub(" ", fold(text).translate(_QUOTES).replace("ё", "е")).split())


def sort_key(text: str) -> str:
    """Return the key by which names stand in Russian order under any collation.

    Letters follow the alphabet (ё right after е), numbers follow their value («№ 2» before «№ 14»), Latin comes before
    Cyrillic, punctuation does not count. The key consists of ASCII letters and digits alone, which every
    database compares alike.
    """
    words = _NOT_WORD.sub(" ", fold(text).translate(_QUOTES)).split()
    return "00".join("".join(_sort_code(part) for part in _DIGITS_OR_CHAR.findall(word)) for word in words)


def _sort_code(part: str) -> str:
    if part.isdecimal():
        digits = str(int(part)) if part.isascii() else part
        return f"1{len(digits):02d}{digits}"
    if part in _RANK:
        return _RANK[part]
    if part.isascii() and part.isalpha():
        return f"c{part}"
    return f"z{ord(part):06d}"
