"""The RSS feed of the news."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from portal.core.feeds import PortalFeed
from portal.news.models import NewsPage
from portal.news.queries import published


class NewsFeed(PortalFeed):
    """The thirty newest public news."""

    section_url, heading, told = "/news/", "Новости", "новости портала"

    def items(self) -> QuerySet[NewsPage]:
        return published().select_related("category").defer("body")[:30]

    def item_link(self, item: NewsPage) -> str:
        return f"{settings.SITE_URL}/news/{item.slug}/"

    def item_pubdate(self, item: NewsPage) -> datetime.datetime:
        return timezone.make_aware(datetime.datetime.combine(item.date, datetime.time(9)))

    def item_categories(self, item: NewsPage) -> list[str]:
        return [item.category.title] if item.category else []
