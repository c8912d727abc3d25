"""What every template knows: names of the portal, the menu, the footer. Read once per published version."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from wagtail.models import Page

from portal.core import versions
from portal.core.models import PortalSettings
from portal.core.publicity import public
from portal.core.sites import default_site

Link = dict[str, str]
_footer_columns: list[tuple[str, Callable[[], list[Link]]]] = []
_menu_items: list[Callable[[], Link]] = []


def add_menu_item(link: Callable[[], Link]) -> None:
    """Put a list that is a view, not a page, into the menu after the sections; `link` returns {title, url}."""
    _menu_items.append(link)


def add_footer_column(title: str, links: Callable[[], list[Link]]) -> None:
    """Give the footer a column; `links` returns {title, url} and is asked once per published version."""
    _footer_columns.append((title, links))


def _section_links() -> list[Link]:
    site = default_site()
    pages = public(site.root_page.get_children()).in_menu() if site else Page.objects.none()
    return [{"title": page.title, "url": f"/{page.slug}/"} for page in pages]


section_links = versions.Memo("section-links", _section_links)
portal_settings = versions.Memo("portal-settings", PortalSettings.load)


def _build() -> dict[str, Any]:
    links = [*section_links.get(), *(item() for item in _menu_items)]
    menu = [{**link, "current_prefix": link["url"]} for link in links]
    newest = public(Page.objects.exclude(last_published_at=None)).order_by("-last_published_at")
    return {
        "portal": portal_settings.get(),
        "portal_menu": menu,
        "portal_footer": [{"title": title, "links": links()} for title, links in _footer_columns],
        "portal_updated_at": newest.values_list("last_published_at", flat=True).first(),
    }


_frame = versions.Memo("frame", _build)


def portal(request: HttpRequest) -> dict[str, Any]:
    """Return the frame of every page; costs no query while nothing is published."""
    return _frame.get()
