"""What stands before the pages of accounts and of staff."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.functional import SimpleLazyObject

from portal.accounts import acting
from portal.accounts.forms import KEPT_FORM, LoginForm
from portal.accounts.limits import POSTS, address_of
from portal.accounts.rules import has_second_factor, is_staff, must_have_second_factor
from portal.accounts.sessions import see
from portal.core import acting as acting_now
from portal.core import limits
from portal.core.typed import pack, typed_fields, unpack

Handler = Callable[[HttpRequest], HttpResponse]
STAFF_AREAS = ("/admin/", "/cabinet/", "/review/")
# Doors out of the admin that lead to the pages of accounts.
DOORS = ("/admin/login/", "/admin/logout/", "/admin/password_reset/")


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
    context = {"kept": typed_fields(request), "minutes": -(-wait_seconds // 60), "action": request.get_full_path()}
    response = render(request, "429.html", context, status=429)
    response.headers["Retry-After"] = str(wait_seconds)
    add_never_cache_headers(response)
    return response


class ActingMiddleware:
    """Checks the period of an administrator who works as somebody else, and keeps what is the person's own closed.

    Who is signed in is still asked only where a page asks: public pages stay without a session. Forms are the
    exception, for a consent may be given in any of them.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset({"account_menu", "account_profile"})
    WAY_OUT: ClassVar[frozenset[str]] = frozenset({"account_logout", "account_return"})
    OWN = ("/accounts/", "/admin/account/", "/admin/api-tokens/", "/admin/users/")

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        acting_now.switch(False)
        request.user = SimpleLazyObject(partial(acting.person_in, request))  # type: ignore[assignment]
        try:
            return self.get_response(request)
        finally:
            acting_now.switch(False)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        own = request.path_info.startswith(self.OWN)
        reads = request.method in {"GET", "HEAD"}
        if reads and not own:
            return None
        # Asked for every form: whoever gives a consent in one must be known by then.
        if not acting.is_acting(request.user) or not own:
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in self.WAY_OUT or (reads and name in self.OPEN):
            return None
        response = render(request, "accounts/acting_refused.html", status=403)
        add_never_cache_headers(response)
        return response


class TypedTextMiddleware:
    """Keeps a form that was sent after the sign-in had ended: it waits behind the form of signing in.

    Instead of leading to the sign-in page, which loses the text, the answer is that page with the text inside
    (`typed.pack`). It goes through wrong passwords and the second step, and `views.send_again` offers to send it.
    Works for every page that asks for signing in, the admin's too; scripts hear 401.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method != "POST":
            return response
        if request.user.is_authenticated:
            self._forget_sent(request)
        elif self._leads_to_sign_in(request, response):
            return signed_out(request)
        return response

    def _leads_to_sign_in(self, request: HttpRequest, response: HttpResponse) -> bool:
        if response.status_code != 302:
            return False
        target = urlsplit(response.headers["Location"])
        return target.path == reverse("account_login") and "next" in parse_qs(target.query)

    def _forget_sent(self, request: HttpRequest) -> None:
        kept = unpack(request.session.get(KEPT_FORM, ""))
        if kept and kept["action"] == request.get_full_path():
            del request.session[KEPT_FORM]


def signed_out(request: HttpRequest) -> HttpResponse:
    """Ask to sign in again with what was typed kept inside; a script is told 401 and where to sign in."""
    if "text/html" not in request.headers.get("Accept", "text/html") or request.headers.get("HX-Request"):
        response: HttpResponse = JsonResponse({"error": "signed_out", "login": reverse("account_login")}, status=401)
    else:
        context = {
            "form": LoginForm(initial={"kept": pack(request)}, request=request),
            "next": reverse("account_send_again"),
            "had_files": bool(request.FILES),
        }
        response = render(request, "account/login.html", context, status=401)
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
        if acting.is_acting(request.user):
            return False  # the administrator has passed the own one
        return must_have_second_factor(request.user) and not has_second_factor(request.user)


class SeenSessionMiddleware:
    """Writes down, now and then, where and when a signed-in person was seen, for the list of one's own sessions."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.session.accessed and request.user.is_authenticated and request.session.session_key:
            see(request)
        return response
