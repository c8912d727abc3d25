"""What every template knows: names of the portal, the menu, the footer. Read once per published version."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.http import HttpRequest
from wagtail.models import Page

from portal.core import versions
from portal.core.models import PortalSettings
from portal.core.publicity import last_change, public
from portal.core.sites import address_path, default_site
from portal.core.together import Part, references

Link = dict[str, str]
MENU = "menu"
_places: dict[str, Q] = {}
_footer_columns: list[tuple[str, Callable[[], list[Link]]]] = []


def add_footer_column(title: str, links: Callable[[], list[Link]]) -> None:
    """Give the footer a column; `links` returns {title, url} and is asked once per published version."""
    _footer_columns.append((title, links))


def show_pages(place: str, which: Q) -> None:
    """Let `linked_pages` tell of the pages that fulfil `which`, under the name `place`."""
    _places[place] = which


def _linked_part() -> Part:
    """Pages of all places; the menu has the children of the home page that editors put there."""
    site = default_site()
    home = site.root_page if site else None
    menu = Q(show_in_menus=True, depth=home.depth + 1, path__startswith=home.path) if home else Q(pk=None)
    places = {MENU: menu, **_places}
    flags = {f"in_{name}": ExpressionWrapper(which, BooleanField()) for name, which in places.items()}
    pages = public(Page.objects.annotate(**flags).filter(reduce(or_, places.values())))
    return pages, ("path", "title", "url_path", *flags)


_linked_rows = references.add("linked-pages", _linked_part)


def _linked_pages() -> dict[str, list[Link]]:
    path_of, rows = address_path(), sorted(_linked_rows())
    return {
        name: [{"title": row[1], "url": path_of(row[2])} for row in rows if row[3 + number]]
        for number, name in enumerate((MENU, *_places))
    }


_linked = versions.Memo("linked-pages", _linked_pages)


def linked_pages(place: str) -> list[Link]:
    """Return links to the public pages of a place (MENU or a name given to `show_pages`) in the order of the tree."""
    return _linked.get().get(place, [])


_SETTINGS = tuple(field.attname for field in PortalSettings._meta.concrete_fields)
_settings_rows = references.add("settings", lambda: (PortalSettings.objects.all(), _SETTINGS))


def _read_settings() -> PortalSettings:
    """Return the one row of settings, made by `load` when there is none yet."""
    rows = sorted(_settings_rows())
    return PortalSettings.from_db("default", _SETTINGS, rows[0]) if rows else PortalSettings.load()


portal_settings = versions.Memo("portal-settings", _read_settings)


def _build() -> dict[str, Any]:
    menu = [{**link, "current_prefix": link["url"]} for link in linked_pages(MENU)]
    return {
        "portal": portal_settings.get(),
        "portal_menu": menu,
        "portal_footer": [{"title": title, "links": links()} for title, links in _footer_columns],
        "portal_updated_at": last_change(),
    }


_frame = versions.Memo("frame", _build)


def portal(request: HttpRequest) -> dict[str, Any]:
    """Return the frame of every page; costs no query while nothing is published."""
    return _frame.get()
