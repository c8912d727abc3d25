"""Types of pages as a visitor sees them in the search."""

from __future__ import annotations

from dataclasses import dataclass

from wagtail.models import Page

from portal.news.models import NewsPage
from practices.models import CollectionPage, PracticePage


@dataclass(frozen=True)
class Kind:
    """A tab of the search: its value in the address, its words, and the models whose pages it holds."""

    value: str
    label: str
    one: str
    models: tuple[type[Page], ...]


KINDS: tuple[Kind, ...] = (
    Kind("practices", "Практики", "Практика", (PracticePage,)),
    Kind("collections", "Подборки", "Подборка", (CollectionPage,)),
    Kind("news", "Новости", "Новость", (NewsPage,)),
    Kind("pages", "Страницы", "Страница", ()),  # whatever is of no other type
)
