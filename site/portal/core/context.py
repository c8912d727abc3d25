"""What every template knows: names of the portal, the menu, the footer. Read once per published version."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail.models import Site

from portal.core import versions
from portal.core.models import PortalSettings


def _build() -> dict[str, Any]:
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    menu: list[dict[str, str]] = []
    if site:
        pages = site.root_page.get_children().live().public().in_menu()
        menu = [{"title": page.title, "url": f"/{page.slug}/"} for page in pages]
    return {"portal": PortalSettings.load(), "portal_menu": menu}


_frame = versions.Memo("frame", _build)


def portal(request: HttpRequest) -> dict[str, Any]:
    """Return the frame of every page; costs no query while nothing is published."""
    return _frame.get()
