"""Latin codes of records for their addresses (`WAGTAIL_ALLOW_UNICODE_SLUGS` is off)."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from django.utils.text import slugify
from wagtail.coreutils import string_to_ascii

MAX_LENGTH = 60
_LETTERS = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"


def latin_slug(text: str, *, max_length: int = MAX_LENGTH) -> str:
    """Return `text` transliterated, without «№», at most `max_length` characters, cut between words where it can be."""
    slug = slugify(string_to_ascii(text.replace("№", " ")))
    if len(slug) > max_length:
        head = slug[: max_length + 1].rpartition("-")[0]
        slug = head if len(head) >= max_length // 2 else slug[:max_length]
    return slug.strip("-_") or "bez-nazvaniya"


def letter_pairs() -> list[tuple[str, str]]:
    """Return each small Russian letter with the Latin ones that `latin_slug` writes for it."""
    return [(letter, slugify(string_to_ascii(letter))) for letter in _LETTERS]


def free_slug(text: str, taken: Callable[[str], bool], *, max_length: int = MAX_LENGTH) -> str:
    """Return the first of `slug`, `slug-2`, `slug-3` … for which `taken` is false."""
    slug = latin_slug(text, max_length=max_length)
    if not taken(slug):
        return slug
    for number in count(2):
        tail = f"-{number}"
        candidate = f"{slug[: max_length - len(tail)].rstrip('-')}{tail}"
        if not taken(candidate):
            return candidate
    raise AssertionError("count() never ends")
