"""Types of pages as a visitor sees them in the search."""

from __future__ import annotations

from dataclasses import dataclass

from wagtail.models import Page

from contests.models import ContestPage
from events.models import EventCyclePage, EventPage, EventPlanPage
from portal.documents.models import DocumentPage
from portal.news.models import NewsPage
from portal.roadmap.models import RoadmapPage
from practices.models import CollectionPage, PracticePage


@dataclass(frozen=True)
class Kind:
    """A tab of the search: its value in the address, its words, and the models whose pages it holds."""

    value: str
    label: str
    one: str
    models: tuple[type[Page], ...]
    date_field: str = ""  # the date that people know a page of this kind by


KINDS: tuple[Kind, ...] = (
    Kind("practices", "Практики", "Практика", (PracticePage,), date_field="published_on"),
    Kind("collections", "Подборки", "Подборка", (CollectionPage,)),
    Kind("contests", "Конкурсы", "Конкурс", (ContestPage,)),
    Kind("documents", "Документы", "Документ", (DocumentPage,), date_field="date"),
    Kind("events", "События", "Событие", (EventPage, EventCyclePage, EventPlanPage), date_field="starts_at"),
    Kind("news", "Новости", "Новость", (NewsPage,), date_field="date"),
    Kind("roadmap", "Дорожная карта", "Дорожная карта", (RoadmapPage,)),
    Kind("pages", "Страницы", "Страница", ()),  # whatever is of no other type
)
