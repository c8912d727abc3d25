"""The site of the portal: nearly always one, so it is read once for all."""

from __future__ import annotations

import copy

from wagtail.models import Site

from portal.core import versions

_sites = versions.Memo("sites", lambda: list(Site.objects.select_related("root_page").order_by("-is_default_site")[:2]))


def default_site() -> Site | None:
    """Return the default site with its root page, None before the portal is set up."""
    sites = _sites.get()
    return _own(sites[0]) if sites and sites[0].is_default_site else None


def only_site() -> Site | None:
    """Return the default site when there is no other."""
    return default_site() if len(_sites.get()) == 1 else None


def _own(kept: Site) -> Site:
    """Return a copy: what a request hangs on the site or on its root page must not reach the next one."""
    site = copy.copy(kept)
    site.root_page = copy.copy(kept.root_page)
    return site
