"""What everybody may read of an author, given what the author opened."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from portal.core.models.privacy import Disclosure

_PATRONYMIC = re.compile(r"(?:ович|евич|ьич|мич|кич|тич|вич|овна|евна|ична|инична|оглы|кызы)$", re.IGNORECASE)


@dataclass(frozen=True)
class OpenedAuthor:
    """An author as the public page may show: blank or False where the author opened nothing."""

    name: str
    position: bool
    workplace: bool
    photo: bool


def opened(name: str, fields: Collection[str]) -> OpenedAuthor:
    """Return what may be shown of the author `name` who opened `fields` (values of Disclosure)."""
    shown = name if Disclosure.PATRONYMIC in fields else without_patronymic(name)
    return OpenedAuthor(
        name=shown if Disclosure.NAME in fields else "",
        position=Disclosure.POSITION in fields,
        workplace=Disclosure.WORKPLACE in fields,
        photo=Disclosure.PHOTO in fields,
    )


def without_patronymic(name: str) -> str:
    """Return «Фамилия Имя» of «Фамилия Имя Отчество» in either order; a name of two words stays as it is."""
    words = name.split()
    if len(words) < 3:
        return name
    return " ".join(word for number, word in enumerate(words) if number == 0 or not _PATRONYMIC.search(word))


def labels(fields: Collection[str]) -> list[str]:
    """Return in words what a consent opens, in the order of the form."""
    return [str(choice.label) for choice in Disclosure if choice in fields]
