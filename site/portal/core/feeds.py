"""What the RSS feeds of the portal share."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.syndication.views import Feed

from portal.core.models import PortalSettings
from portal.core.text import single_line


class PortalFeed(Feed):
    """A feed of a section at `<section>feed/`; XML carries no control characters, so words are cleaned of them."""

    language = "ru"
    section_url: ClassVar[str]
    heading: ClassVar[str]  # «Новости»
    told: ClassVar[str]  # what the feed tells of: «новости портала»

    def link(self) -> str:
        return settings.SITE_URL + self.section_url

    def feed_url(self) -> str:
        return f"{settings.SITE_URL}{self.section_url}feed/"

    def title(self) -> str:
        return f"{self.heading}. {PortalSettings.load().portal_name}"

    def description(self) -> str:
        portal = PortalSettings.load()
        return f"{portal.portal_name}, {portal.region_name}: {self.told}"

    def item_title(self, item: Any) -> str:
        return single_line(item.title)

    def item_description(self, item: Any) -> str:
        return single_line(item.summary)

    def item_link(self, item: Any) -> str:
        return settings.SITE_URL + item.url
