"""Whole public pages kept until something is published.

A view says that its page is the same for everybody with `public_page` (or the page model by being served through
`BasePage`): such a page holds no CSRF token and no data of a user. What is kept is keyed by the version of
everything published, so a withdrawn word is gone with the next request.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

import brotli
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers

from portal.core import versions

Handler = Callable[[HttpRequest], HttpResponse]
KEEP_SECONDS = 24 * 3600
LONGEST_QUERY = 500  # longer addresses are somebody's experiment and would only fill the cache


def public_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark what `view` answers with 200 as the same for every visitor."""

    @wraps(view)
    def wrapped(*args: Any, **kwargs: Any) -> HttpResponse:
        return mark_public(view(*args, **kwargs))

    return wrapped


def mark_public(response: HttpResponse) -> HttpResponse:
    """Mark a response as the same for every visitor: caches may keep it and must ask whether it still holds."""
    if response.status_code == 200:
        patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
        response.is_public_page = True  # type: ignore[attr-defined]
    return response


class PublicPageCacheMiddleware:
    """Answers a repeated GET of a public page from the cache, compressed, with its ETag."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self.enabled = getattr(settings, "PAGE_CACHE", True)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self.enabled or request.method not in {"GET", "HEAD"} or request.path_info.startswith("/admin/"):
            return self.get_response(request)
        key = self._key(request)
        kept = cache.get(key) if key else None
        if kept is None:
            response = self.get_response(request)
            if not getattr(response, "is_public_page", False) or response.streaming or response.cookies:
                return response
            kept = self._keep(key, response)
        return self._respond(request, kept)

    def _key(self, request: HttpRequest) -> str | None:
        query = request.META.get("QUERY_STRING", "")
        if len(query) > LONGEST_QUERY:
            return None
        # htmx asks for a part of the page under the page's own address.
        target = request.headers.get("HX-Target", "") if request.headers.get("HX-Request") else ""
        source = f"{request.scheme}://{request.get_host()}{request.path}?{query}#{target}"
        return f"portal:{versions.current()}:page:{hashlib.sha256(source.encode()).hexdigest()}"

    def _keep(self, key: str | None, response: HttpResponse) -> dict[str, Any]:
        if hasattr(response, "render") and not response.is_rendered:  # type: ignore[attr-defined]
            response.render()
        body = response.content
        patch_vary_headers(response, ["Accept-Encoding", "HX-Request"])
        headers = {name: value for name, value in response.headers.items() if name.lower() != "vary"}
        headers["Vary"] = ", ".join(part for part in response.headers["Vary"].split(", ") if part.lower() != "cookie")
        headers["ETag"] = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        kept = {
            "headers": headers,
            "identity": body,
            "br": brotli.compress(body, quality=5),
            "gzip": gzip.compress(body, compresslevel=6, mtime=0),
        }
        if key:
            cache.set(key, kept, KEEP_SECONDS)
        return kept

    def _respond(self, request: HttpRequest, kept: dict[str, Any]) -> HttpResponse:
        accepted = request.headers.get("Accept-Encoding", "")
        encoding = next((name for name in ("br", "gzip") if name in accepted), "identity")
        response = HttpResponse(kept[encoding], headers=kept["headers"])
        if encoding != "identity":
            response.headers["Content-Encoding"] = encoding
            etag = kept["headers"]["ETag"]
            response.headers["ETag"] = f'{etag[:-1]}-{encoding}"'
        response.headers["Content-Length"] = str(len(response.content))
        response.is_public_page = True  # type: ignore[attr-defined]
        return response
