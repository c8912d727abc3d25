"""What stands before the pages of accounts and of staff."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers

from portal.accounts.limits import POSTS, address_of
from portal.accounts.rules import has_second_factor, is_staff, must_have_second_factor
from portal.core import limits

Handler = Callable[[HttpRequest], HttpResponse]
STAFF_AREAS = ("/admin/", "/cabinet/", "/review/")
# Doors out of the admin that lead to the pages of accounts.
DOORS = ("/admin/login/", "/admin/logout/", "/admin/password_reset/")
# Never sent back in a page.
SECRET_FIELDS = ("password", "code", "csrfmiddlewaretoken")


class AccountLimitsMiddleware:
    """Refuses forms of accounts sent too often from one address, with a page that keeps what was typed."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        rate = POSTS.get(name)
        if request.method != "POST" or rate is None:
            return None
        if limits.hit(name, address_of(request), limit=rate.limit, per_seconds=rate.per_seconds):
            return None
        return too_many_requests(request, wait_seconds=rate.per_seconds)


def too_many_requests(request: HttpRequest, *, wait_seconds: int) -> HttpResponse:
    """Say how long to wait; what was typed, passwords apart, goes back to the form by a button."""
    kept = [
        (name, value)
        for name, values in request.POST.lists()
        if not any(secret in name for secret in SECRET_FIELDS)
        for value in values
    ]
    context = {"kept": kept, "minutes": -(-wait_seconds // 60), "action": request.get_full_path()}
    response = render(request, "429.html", context, status=429)
    response.headers["Retry-After"] = str(wait_seconds)
    add_never_cache_headers(response)
    return response


class AdminDoorMiddleware:
    """Answers 404 under /admin/ to signed-in people who do not work there.

    Wagtail would send them to the sign-in page, which sends who is signed in back to /admin/, without end.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith("/admin/") and not request.path_info.startswith(DOORS):
            user = request.user
            if user.is_authenticated and not is_staff(user):
                return render(request, "404.html", status=404)
        return self.get_response(request)


class SecondFactorMiddleware:
    """Leads staff without a second step of sign-in to connecting one before they reach pages of staff.

    On when MFA_REQUIRED. Pages of accounts, static files and the way out stay open.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._must_connect(request):
            messages.info(request, "Для вашей роли нужен второй шаг входа: код из приложения на телефоне.")
            return redirect("mfa_activate_totp")
        return self.get_response(request)

    def _must_connect(self, request: HttpRequest) -> bool:
        path = request.path_info
        if not settings.MFA_REQUIRED or not path.startswith(STAFF_AREAS) or path.startswith(DOORS):
            return False
        return must_have_second_factor(request.user) and not has_second_factor(request.user)
