"""The RSS feed of the bank."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.utils import timezone

from portal.core.models import PortalSettings
from practices.domain import cards, queries
from practices.enums import SECTION_URL

NEWEST = 30


class PracticeFeed(Feed):
    """The thirty newest public practices."""

    link = SECTION_URL
    language = "ru"

    def title(self) -> str:
        return f"Новые практики. {PortalSettings.load().portal_name}"

    def description(self) -> str:
        portal = PortalSettings.load()
        return f"{portal.portal_name}, {portal.region_name}: новое в банке лучших практик"

    def items(self) -> list[cards.Card]:
        return cards.cards(queries.newest(NEWEST))

    def item_title(self, item: cards.Card) -> str:
        return item["title"]

    def item_description(self, item: cards.Card) -> str:
        return item["summary"]

    def item_link(self, item: cards.Card) -> str:
        return settings.SITE_URL + item["url"]

    def item_pubdate(self, item: cards.Card) -> dt.datetime | None:
        if not item["date_iso"]:
            return None
        return timezone.make_aware(dt.datetime.combine(dt.date.fromisoformat(item["date_iso"]), dt.time(9)))

    def item_categories(self, item: cards.Card) -> list[str]:
        return [tag["label"] for tag in item["tags"]]
