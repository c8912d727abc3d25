"""What happens to every request before and after the views."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.template.loader import render_to_string

Handler = Callable[[HttpRequest], HttpResponse]
_NUL = "\x00"


class ClientAddressMiddleware:
    """Sets `request.client_address`: the visitor's address, taken from X-Forwarded-For only behind a trusted proxy."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self.trusted = [ip_network(item, strict=False) for item in settings.TRUSTED_PROXIES]

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.client_address = self._address(request)  # type: ignore[attr-defined]
        return self.get_response(request)

    def _address(self, request: HttpRequest) -> str:
        address = request.META.get("REMOTE_ADDR", "")
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
        # From the right: each hop was written by the proxy before it, so the first untrusted one is the visitor.
        for hop in [part.strip() for part in forwarded.split(",") if part.strip()][::-1]:
            if not self._is_trusted(address) or not _is_address(hop):
                break
            address = hop
        return address if _is_address(address) else "0.0.0.0"  # noqa: S104 (a placeholder, nothing listens on it)

    def _is_trusted(self, address: str) -> bool:
        return _is_address(address) and any(ip_address(address) in network for network in self.trusted)


def _is_address(value: str) -> bool:
    try:
        ip_address(value)
    except ValueError:
        return False
    return True


class PolicyHeadersMiddleware:
    """Adds the headers that limit what a page may do, and the admin's own content policy under /admin/."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()"
        )
        return response


class AdminPolicyMiddleware:
    """Gives Wagtail's admin its own content policy: its screens carry inline styles and show pages in a frame."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path_info.startswith("/admin/"):
            response._csp_config = {"DIRECTIVES": settings.ADMIN_CONTENT_SECURITY_POLICY}  # type: ignore[attr-defined]
            response.headers.setdefault("X-Frame-Options", "SAMEORIGIN")
        return response


class CleanInputMiddleware:
    """Drops NUL from query strings and refuses it elsewhere: databases reject it with an error of their own."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "%00" in request.META.get("QUERY_STRING", ""):
            request.META["QUERY_STRING"] = request.META["QUERY_STRING"].replace("%00", "")
        if _NUL in request.path_info or self._has_nul_in_form(request):
            return HttpResponseBadRequest(render_to_string("400.html"))
        return self.get_response(request)

    def _has_nul_in_form(self, request: HttpRequest) -> bool:
        if request.method != "POST" or not request.content_type.startswith("application/x-www-form-urlencoded"):
            return False
        return b"%00" in request.body or b"\x00" in request.body
