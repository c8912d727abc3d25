"""Template tags that tell a visitor where they are."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def current(item: dict[str, str], path: str) -> SafeString:
    """aria-current for a menu item (url, current_prefix): «page» on its own page, «true» on a page of its section."""
    if item.get("url") == path:
        return SafeString(' aria-current="page"')
    prefix = item.get("current_prefix")
    return SafeString(' aria-current="true"' if prefix and path and path.startswith(prefix) else "")
