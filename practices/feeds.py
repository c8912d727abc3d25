"""The RSS feed of the bank."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.utils import timezone

from portal.core.feeds import PortalFeed
from portal.core.text import single_line
from practices.domain import cards, queries
from practices.enums import SECTION_URL

NEWEST = 30


class PracticeFeed(PortalFeed):
    """The thirty newest public practices."""

    section_url, heading, told = SECTION_URL, "Новые практики", "новое в банке лучших практик"

    def items(self) -> list[cards.Card]:
        return cards.cards(queries.newest(NEWEST))

    def item_title(self, item: cards.Card) -> str:
        return single_line(item["title"])

    def item_description(self, item: cards.Card) -> str:
        return single_line(item["summary"])

    def item_link(self, item: cards.Card) -> str:
        return settings.SITE_URL + item["url"]

    def item_pubdate(self, item: cards.Card) -> dt.datetime | None:
        if not item["date_iso"]:
            return None
        return timezone.make_aware(dt.datetime.combine(dt.date.fromisoformat(item["date_iso"]), dt.time(9)))

    def item_categories(self, item: cards.Card) -> list[str]:
        return [single_line(tag["label"]) for tag in item["tags"]]
