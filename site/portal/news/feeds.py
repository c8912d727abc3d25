"""The RSS feed of the news."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.utils import timezone

from portal.core.models import PortalSettings
from portal.core.text import single_line
from portal.news.models import NewsPage
from portal.news.queries import published


class NewsFeed(Feed):
    """The thirty newest public news; XML carries no control characters, so words are cleaned of them."""

    language = "ru"

    def link(self) -> str:
        return f"{settings.SITE_URL}/news/"

    def feed_url(self) -> str:
        return f"{settings.SITE_URL}/news/feed/"

    def title(self) -> str:
        return f"Новости. {PortalSettings.load().portal_name}"

    def description(self) -> str:
        portal = PortalSettings.load()
        return f"{portal.portal_name}, {portal.region_name}: новости портала"

    def items(self) -> QuerySet[NewsPage]:
        return published().select_related("category").defer("body")[:30]

    def item_title(self, item: NewsPage) -> str:
        return single_line(item.title)

    def item_description(self, item: NewsPage) -> str:
        return single_line(item.summary)

    def item_link(self, item: NewsPage) -> str:
        return f"{settings.SITE_URL}/news/{item.slug}/"

    def item_pubdate(self, item: NewsPage) -> datetime.datetime:
        return timezone.make_aware(datetime.datetime.combine(item.date, datetime.time(9)))

    def item_categories(self, item: NewsPage) -> list[str]:
        return [item.category.title] if item.category else []
