"""The RSS feed of announcements."""

from __future__ import annotations

import datetime as dt

from events.domain import words
from events.domain.agenda import Event
from events.domain.selection import ALL, Filters, select
from events.enums import SECTION_URL
from portal.core.feeds import PortalFeed
from portal.core.text import single_line

NEWEST = 30


class EventFeed(PortalFeed):
    """The thirty events that were announced last."""

    section_url, heading, told = SECTION_URL, "События", "новые события"

    def items(self) -> list[Event]:
        events = select(Filters(when=ALL)).events()
        return sorted(events, key=lambda event: (event.published_at, event.id), reverse=True)[:NEWEST]

    def item_title(self, item: Event) -> str:
        return single_line(f"Отменено: {item.title}" if item.is_cancelled else item.title)

    def item_description(self, item: Event) -> str:
        return single_line(f"{words.when(item.starts_at, item.ends_at)}. {item.summary}")

    def item_pubdate(self, item: Event) -> dt.datetime:
        return item.published_at

    def item_updateddate(self, item: Event) -> dt.datetime:
        return item.updated_at

    def item_categories(self, item: Event) -> list[str]:
        return [single_line(label) for label in (item.kind_label, *(tag.name for tag in item.tags))]
