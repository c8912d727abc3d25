"""Template tags that tell a visitor where they are."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def current(item: dict[str, str], menu: Sequence[dict[str, str]], path: str) -> SafeString:
    """aria-current of a menu item (url, current_prefix): «page» on its own page, «true» on a page of its section.

    Sections may lie inside one another (/practices/ and /practices/topics/): the longest prefix wins.
    """
    here = [entry for entry in menu if path and path.startswith(entry.get("current_prefix") or entry["url"])]
    nearest = max(here, key=lambda entry: len(entry.get("current_prefix") or entry["url"]), default=None)
    if item != nearest:
        return SafeString("")
    return SafeString(' aria-current="page"' if item["url"] == path else ' aria-current="true"')
