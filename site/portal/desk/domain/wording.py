"""What in the text of a page would trouble a reader: links without meaning, skipped headings, endless sentences.

Pictures without words are refused by the pages themselves on publication; contrast and the like are looked at by
Wagtail's checker in the preview.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.html import strip_tags
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.rich_text import RichText

LONGEST_SENTENCE = 35  # words
VAGUE = {"здесь", "тут", "сюда", "ссылка", "по ссылке", "подробнее", "далее", "читать", "скачать", "смотреть"}
LINK = re.compile(r"<a\b[^>]*>(.*?)</a>", re.S)
HEADING = re.compile(r"<h([1-6])\b[^>]*>(.*?)</h\1>", re.S)
SENTENCE = re.compile(r"(?<=[.!?…])\s+")
WORD = re.compile(r"[\w-]*\w[\w-]*")
BLOCK_END = re.compile(r"</(?:p|li|h[1-6])>|<br\s*/?>")


def remarks(page: Page) -> list[str]:
    """Return sentences about the texts of `page`, most telling first; an empty list when there is nothing to say."""
    texts = list(_texts(page))
    return [*_vague_links(texts), *_skipped_headings(texts), *_long_sentences(texts)]


def _vague_links(texts: list[str]) -> Iterator[str]:
    named = dict.fromkeys(
        words
        for text in texts
        for found in LINK.findall(text)
        if (words := _words(found)).lower().strip(" .»«") in VAGUE
    )
    if named:
        listed = ", ".join(f"«{words}»" for words in named)
        yield f"Ссылка {listed} ничего не говорит тому, кто слушает страницу: назовите, куда она ведёт."


def _skipped_headings(texts: list[str]) -> Iterator[str]:
    last = 1
    for text in texts:
        for level, words in HEADING.findall(text):
            if int(level) > last + 1:
                yield f"Перед заголовком «{_words(words)}» пропущен уровень."
            last = int(level)


def _long_sentences(texts: list[str]) -> Iterator[str]:
    for text in texts:
        plain = strip_tags(BLOCK_END.sub(". ", text))
        for sentence in SENTENCE.split(plain):
            length = len(WORD.findall(sentence))
            if length > LONGEST_SENTENCE:
                start = " ".join(sentence.split()[:5])
                yield f"Предложение «{start}…» слишком длинное: слов — {length}. Разделите его."


def _words(html: str) -> str:
    return " ".join(strip_tags(html).split())


def _texts(page: Page) -> Iterator[str]:
    """Rich texts of the page in the order of reading."""
    for field in page._meta.fields:
        value = getattr(page, field.name, None)
        if isinstance(field, RichTextField):
            yield value or ""
        elif isinstance(field, StreamField):
            yield from _rich_texts(value)


def _rich_texts(value: object) -> Iterator[str]:
    if isinstance(value, RichText):
        yield value.source
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _rich_texts(inner)
    elif hasattr(value, "value") and hasattr(value, "block"):
        yield from _rich_texts(value.value)
    elif hasattr(value, "__iter__") and not isinstance(value, str | bytes):
        for inner in value:
            yield from _rich_texts(inner)
