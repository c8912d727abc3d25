"""How long the sign-in of an open page lasts: asked and prolonged by `js/session.js`."""

from __future__ import annotations

from django.contrib.sessions.models import Session
from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.cabinet.templatetags.cabinet import session_person


@never_cache
@require_http_methods(["GET", "POST"])
def session(request: HttpRequest) -> JsonResponse:
    """Answer how many seconds are left and whose session it is; POST begins the term anew.

    Where it has ended: 401, with a token for the form of signing in. Neither prolongs it by being asked.
    """
    if not request.user.is_authenticated:
        answer = {"error": "signed_out", "login": reverse("account_login"), "csrf": get_token(request)}
        return JsonResponse(answer, status=401)
    if request.method == "POST":
        request.session.modified = True
        seconds = request.session.get_expiry_age()
    else:
        seconds = _seconds_left(request)
    left = {"seconds": seconds, "person": session_person(request.user), "csrf": get_token(request)}
    return JsonResponse(left)


def _seconds_left(request: HttpRequest) -> int:
    """Read the term from the row: `get_expiry_age` would count it from now."""
    ends_at = (
        Session.objects.filter(session_key=request.session.session_key).values_list("expire_date", flat=True).first()
    )
    if ends_at is None:
        return request.session.get_expiry_age()
    return max(0, int((ends_at - timezone.now()).total_seconds()))
