"""Topics over all rooms: how much of what stands under each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from contests.domain.queries import topics as contest_topics
from events.domain.queries import counts as event_counts
from portal.core.listing import plural
from portal.documents.domain.library import topics as document_topics
from portal.news.queries import topics as news_topics
from practices.domain import queries

Forms = tuple[str, str, str]
PRACTICES: Forms = ("практика", "практики", "практик")
EVENTS: Forms = ("событие", "события", "событий")
CONTESTS: Forms = ("конкурс", "конкурса", "конкурсов")
DOCUMENTS: Forms = ("документ", "документа", "документов")
NEWS: Forms = ("новость", "новости", "новостей")
# What a topic counts, in the order in which its page shows it
_ROOMS: tuple[tuple[Forms, Callable[[], Mapping[str, int]]], ...] = (
    (PRACTICES, lambda: queries.counts("tag")),
    (EVENTS, lambda: event_counts("tag")),
    (CONTESTS, contest_topics),
    (DOCUMENTS, document_topics),
    (NEWS, news_topics),
)


@dataclass(frozen=True)
class TopicRow:
    """A topic in use: «12 практик, 3 события»."""

    slug: str
    name: str
    url: str
    group: str
    group_order: int
    words: str


def in_use() -> list[TopicRow]:
    """Return topics that have anything public, in alphabetical order; no query while nothing is published."""
    counted = [(forms, count()) for forms, count in _ROOMS]
    return [
        TopicRow(topic.slug, topic.name, topic.url, topic.group, topic.group_order, words)
        for topic in queries.all_topics()
        if (
            words := ", ".join(
                number_words(found.get(topic.slug, 0), forms) for forms, found in counted if found.get(topic.slug)
            )
        )
    ]


def number_words(number: int, forms: Forms) -> str:
    """«12 практик»."""
    return f"{number} {plural(number, *forms)}"
