"""What happens to every request before and after the views."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.http.request import RawPostDataException
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.template.loader import render_to_string

from portal.core.sites import only_site

Handler = Callable[[HttpRequest], HttpResponse]
Address = IPv4Address | IPv6Address
LONGEST_HEARD = 256 * 1024 * 1024
HEARING_SECONDS = 60  # the server stops a process that is silent for ninety
PIECE = 64 * 1024
_NUL = "\x00"
_TOO_GREAT = re.compile(r"(?<==)\d{19,}(?=&|$)")
_NUL_IN_JSON = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")


class ClientAddressMiddleware:
    """Sets `request.client_address`: the visitor's address, taken from X-Forwarded-For only behind a trusted proxy.

    TRUSTED_PROXIES holds addresses and networks; `unix` trusts whoever connects by a socket file. What an untrusted
    peer says of the scheme is dropped, or anybody could pass plain HTTP for HTTPS.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self.trusts_socket = "unix" in settings.TRUSTED_PROXIES
        self.trusted = [ip_network(item, strict=False) for item in settings.TRUSTED_PROXIES if item != "unix"]

    def __call__(self, request: HttpRequest) -> HttpResponse:
        peer = _address(request.META.get("REMOTE_ADDR", ""))
        if not self._is_trusted(peer):
            request.META.pop("HTTP_X_FORWARDED_PROTO", None)
        request.client_address = self._visitor(request, peer)  # type: ignore[attr-defined]
        return self.get_response(request)

    def _visitor(self, request: HttpRequest, peer: Address | None) -> str:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
        address = peer
        # From the right: each hop was written by the proxy before it, so the first untrusted one is the visitor.
        for hop in [part.strip() for part in forwarded.split(",") if part.strip()][::-1]:
            named = _address(hop)
            if not self._is_trusted(address) or named is None:
                break
            address = named
        return str(address or "0.0.0.0")  # noqa: S104 (a placeholder, nothing listens on it)

    def _is_trusted(self, address: Address | None) -> bool:
        if address is None:
            return self.trusts_socket
        return any(address in network for network in self.trusted)


def _address(value: str) -> Address | None:
    """Read an address; one of IPv4 that came wrapped into IPv6 is unwrapped, so that limits see one visitor."""
    try:
        address = ip_address(value)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


class WholeBodyMiddleware:
    """Hears a visitor out before answering: a browser still sending its form takes an early answer for a lost line.

    So what no view has read is read and dropped. More than any form may hold (settings.LARGEST_REQUEST) is refused
    without being kept; what is far beyond that is cut off.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdigit() or int(length) == 0:
            return self.get_response(request)
        if int(length) > settings.LARGEST_REQUEST:
            response = HttpResponse(render_to_string("413.html"), status=413)
        else:
            response = self.get_response(request)
        self._hear_out(request)
        return response

    def _hear_out(self, request: HttpRequest) -> None:
        left, until = LONGEST_HEARD, time.monotonic() + HEARING_SECONDS
        try:
            while left > 0 and time.monotonic() < until and (piece := request.read(PIECE)):
                left -= len(piece)
        except (OSError, RawPostDataException):  # the visitor has gone, or the view took the whole body
            return


class PolicyHeadersMiddleware:
    """Adds the header that limits what a page may do with the visitor's device."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()"
        )
        return response


class AdminPolicyMiddleware:
    """Gives Wagtail's admin its own content policy: its screens carry inline styles and show pages in a frame.

    What that frame shows is a dummy request that Wagtail sends through the middlewares under the page's address.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path_info.startswith("/admin/") or getattr(request, "is_dummy", False):
            response._csp_config = settings.ADMIN_CONTENT_SECURITY_POLICY  # type: ignore[attr-defined]
            response.headers["X-Frame-Options"] = "SAMEORIGIN"
        return response


class CleanInputMiddleware:
    """Drops NUL from query strings and refuses it elsewhere: databases reject it with an error of their own.

    So they do with numbers past sixty-four bits, which filters of the admin pass on as ids: such values become empty.
    Forms with files are not read here: they may be large, and Django's form fields refuse NUL themselves.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        while "%00" in query or _NUL in query:  # again and again: dropping one may join the halves of another
            query = query.replace("%00", "").replace(_NUL, "")
        if request.path_info.startswith("/admin/"):
            query = _TOO_GREAT.sub("", query)
        request.META["QUERY_STRING"] = query
        if _NUL in request.path_info or self._has_nul_in_body(request):
            return HttpResponseBadRequest(render_to_string("400.html"))
        return self.get_response(request)

    def _has_nul_in_body(self, request: HttpRequest) -> bool:
        if request.method in {"GET", "HEAD", "OPTIONS"}:
            return False
        if request.content_type == "application/x-www-form-urlencoded":
            return b"%00" in request.body or b"\x00" in request.body
        if request.content_type == "application/json":
            return b"\x00" in request.body or bool(_NUL_IN_JSON.search(request.body))
        return False


class TextGZipMiddleware(GZipMiddleware):
    """Compresses text alone: pictures and documents are compressed already, and lose their length in the attempt."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        media_type = response.headers.get("Content-Type", "").partition(";")[0]
        if not media_type.startswith("text/") and not media_type.endswith(("json", "xml", "javascript")):
            return response
        return super().process_response(request, response)


class OneSiteMiddleware:
    """Tells Wagtail the site of a request, which it would ask the database for at every request.

    Where there are several sites Wagtail chooses among them itself.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info == "/healthz":  # must answer when the cache is away
            return self.get_response(request)
        if site := only_site():
            request._wagtail_site = site  # type: ignore[attr-defined]
        return self.get_response(request)
