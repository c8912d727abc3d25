"""Every address of the portal outside the admin, as the project has it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

ADMIN = "admin/"
_ARGUMENT = re.compile(r"<(?:(\w+):)?(\w+)>")
_SAMPLES = {"int": "1", "slug": "net-takogo", "str": "net-takogo", "path": "net/takogo", "uuid": "0" * 8}


def addresses() -> Iterator[str]:
    """Yield the pattern of every address: «cabinet/organisations/<slug:slug>/»."""
    yield from _walk(get_resolver().url_patterns, "")


def _walk(patterns, prefix) -> Iterator[str]:
    for entry in patterns:
        route = prefix + str(entry.pattern)
        if route.startswith(ADMIN):
            continue
        if isinstance(entry, URLResolver):
            yield from _walk(entry.url_patterns, route)
        elif isinstance(entry, URLPattern):
            yield route


def sample(route: str) -> str:
    """Return an address of the pattern with arguments of nobody's."""
    return "/" + _ARGUMENT.sub(lambda found: _SAMPLES.get(found[1] or "str", "net-takogo"), route)
