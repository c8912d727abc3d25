"""Whole public pages kept until something is published.

A view says that its page is the same for everybody with `public_page` (or the page model by being served through
`BasePage`): such a page holds no CSRF token and no data of a user. What is kept is keyed by the version of
everything published, so a withdrawn word is gone with the next request.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, TypedDict
from urllib.parse import unquote_plus

import brotli
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers

from portal.core import publicity, versions

Handler = Callable[[HttpRequest], HttpResponse]
NEVER_KEPT = ("/admin/", "/healthz")  # the second must answer when the cache is away
LONGEST_KEPT = timedelta(hours=24)
LONGEST_QUERY = 500  # longer addresses are somebody's experiment and would only fill the cache
LARGEST_BODY = 1024 * 1024
# On pages of 30–80 KB: three per cent smaller than quality 5 in the same time; quality 9 takes seven times as long.
BROTLI_QUALITY, BROTLI_WINDOW = 8, 18
# What advertising, mail and social networks append to an address; pages never read it.
TRACKING = re.compile(
    r"(utm_|mtm_|pk_|_openstat|yclid|ysclid|gclid|gbraid|wbraid|fbclid|msclkid|vkclid|erid|mc_cid|mc_eid|_ga$|_gl$)"
)
_TARGET = re.compile(r"[\w-]{1,40}")


class Kept(TypedDict):
    """A page as the cache holds it: compressed as it was asked for so far; bare only before the first answer."""

    headers: dict[str, str]
    body: bytes | None
    bodies: dict[str, bytes]


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


def without_tracking(query: str) -> str:
    """Return a query string without the parameters of advertising systems; the rest is left as it was written."""
    return "&".join(part for part in query.split("&") if not TRACKING.match(unquote_plus(part.partition("=")[0])))


def accepted_encoding(header: str) -> str:
    """Return `br`, `gzip` or `identity`: the best that the value of Accept-Encoding allows (RFC 9110, 12.5.3)."""
    weights: dict[str, float] = {}
    for part in header.lower().split(","):
        name, _, parameter = part.partition(";")
        quality = parameter.strip().removeprefix("q=") or "1"
        try:
            weights[name.strip()] = float(quality)
        except ValueError:
            continue
    return next((name for name in ("br", "gzip") if weights.get(name, weights.get("*", 0)) > 0), "identity")


class PublicPageCacheMiddleware:
    """Answers a repeated GET of a public page from the cache, compressed, with its ETag."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self.enabled = getattr(settings, "PAGE_CACHE", True)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # A preview of the admin comes through here as a dummy request under the address of the published page.
        is_preview = getattr(request, "is_dummy", False)
        if request.method not in {"GET", "HEAD"} or is_preview or request.path_info.startswith(NEVER_KEPT):
            return self.get_response(request)
        request.META["QUERY_STRING"] = without_tracking(request.META.get("QUERY_STRING", ""))
        key = self._key(request) if self.enabled else None
        kept: Kept | None = cache.get(key) if key else None
        if kept is None:
            response = self.get_response(request)
            # The answer to HEAD may lack a body, and what sets a cookie is somebody's own.
            if request.method == "HEAD" or not _is_same_for_everybody(response):
                return response
            kept = _kept(response)
        return self._respond(request, kept, key)

    def _key(self, request: HttpRequest) -> str | None:
        query = request.META["QUERY_STRING"]
        if len(query) > LONGEST_QUERY:
            return None
        # htmx asks for a part of the page under the page's own address.
        part = ""
        if request.headers.get("HX-Request"):
            target = request.headers.get("HX-Target", "")
            if target and not _TARGET.fullmatch(target):
                return None
            part = f"{target}|{request.headers.get('HX-History-Restore-Request', '')[:5]}"
        source = f"{request.scheme}://{request.get_host()}{request.path}?{query}#{part}"
        return f"portal:{versions.current()}:page:{hashlib.sha256(source.encode()).hexdigest()}"

    def _respond(self, request: HttpRequest, kept: Kept, key: str | None) -> HttpResponse:
        encoding = accepted_encoding(request.headers.get("Accept-Encoding", ""))
        # Hardly anybody asks for it bare, so that form is not kept.
        wanted = "gzip" if encoding == "identity" else encoding
        if wanted not in kept["bodies"]:
            # Made when somebody first asks for it: nearly everybody takes brotli.
            body = kept["body"] if kept["body"] is not None else _bare(kept["bodies"])
            kept = {**kept, "body": None, "bodies": {**kept["bodies"], wanted: _compressed(body, wanted)}}
            if key and len(body) <= LARGEST_BODY:
                cache.set(key, kept, _seconds_to_keep())
        body = gzip.decompress(kept["bodies"]["gzip"]) if encoding == "identity" else kept["bodies"][encoding]
        response = HttpResponse(body, headers=kept["headers"])
        if encoding != "identity":
            response.headers["Content-Encoding"] = encoding
            response.headers["ETag"] = f'{kept["headers"]["ETag"][:-1]}-{encoding}"'
        response.headers["Content-Length"] = str(len(body))
        if request.method == "HEAD":
            response.content = b""
        response.is_public_page = True  # type: ignore[attr-defined]
        return response


def _kept(response: HttpResponse) -> Kept:
    body = response.content
    patch_vary_headers(response, ["Accept-Encoding", "HX-Request", "HX-Target"])
    headers = dict(response.headers.items())
    # The session was looked at (Vary: Cookie), but the page is declared not to depend on it.
    headers["Vary"] = ", ".join(part for part in headers["Vary"].split(", ") if part.lower() != "cookie")
    headers["ETag"] = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    return {"headers": headers, "body": body, "bodies": {}}


def _compressed(body: bytes, encoding: str) -> bytes:
    if encoding == "br":
        return brotli.compress(body, quality=BROTLI_QUALITY, lgwin=BROTLI_WINDOW)
    return gzip.compress(body, compresslevel=6, mtime=0)


def _bare(bodies: dict[str, bytes]) -> bytes:
    return brotli.decompress(bodies["br"]) if "br" in bodies else gzip.decompress(bodies["gzip"])


def _is_same_for_everybody(response: HttpResponse) -> bool:
    if not getattr(response, "is_public_page", False) or response.streaming or response.cookies:
        return False
    return response.status_code == 200 and "private" not in response.headers.get("Cache-Control", "")


def _seconds_to_keep() -> int:
    """Seconds until something on pages changes by itself: one expires or says so, or the day ends (consents run out)."""
    now = timezone.now()
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    ends = [now + LONGEST_KEPT, midnight]
    if change := publicity.next_change():
        ends.append(change)
    return max(0, int((min(ends) - now).total_seconds()))
