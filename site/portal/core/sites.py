"""The site of the portal: nearly always one, so it is read once for all."""

from __future__ import annotations

import copy
from collections.abc import Callable

from wagtail.models import Site, get_page_models

from portal.core import versions


def _read() -> list[Site]:
    """Read sites with their root pages as what they are: routing would read these at every request."""
    at_root = [model for model in get_page_models() if "wagtailcore.Page" in getattr(model, "parent_page_types", ())]
    tables = [str(model._meta.model_name) for model in at_root]
    joined = [f"root_page__{table}" for table in tables]
    sites = list(Site.objects.select_related("root_page", *joined).order_by("-is_default_site")[:2])
    for site in sites:
        own = next((page for table in tables if (page := getattr(site.root_page, table, None))), None)
        site.root_page = own or site.root_page.specific
    return sites


_sites = versions.Memo("sites", _read)


def default_site() -> Site | None:
    """Return the default site with its root page, None before the portal is set up."""
    sites = _sites.get()
    return _own(sites[0]) if sites and sites[0].is_default_site else None


def only_site() -> Site | None:
    """Return the default site when there is no other."""
    return default_site() if len(_sites.get()) == 1 else None


def address_path() -> Callable[[str], str]:
    """Return a function from the `url_path` of a page to the path in its address, which asks nothing per page."""
    site = default_site()
    prefix = site.root_page.url_path if site else "/"
    return lambda url_path: "/" + url_path.removeprefix(prefix)


def _own(kept: Site) -> Site:
    """Return a copy: what a request hangs on the site or on its root page must not reach the next one."""
    site = copy.copy(kept)
    site.root_page = copy.copy(kept.root_page)
    return site
