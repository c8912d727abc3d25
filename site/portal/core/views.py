"""Pages about what went wrong."""

from __future__ import annotations

import logging
import secrets

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers

from portal.core.typed import typed_fields, was_sent_by_us

logger = logging.getLogger("portal")
TooMuchSent = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Explain a refused form: the sign-in has changed since it was opened, or cookies are off.

    What was typed goes out again by a button, if a page of ours sent it.
    """
    context: dict[str, object] = {}
    if was_sent_by_us(request):
        context = {
            "kept": typed_fields(request),
            "action": request.get_full_path(),
            "had_files": bool(request.FILES),
        }
    response = render(request, "403_csrf.html", context, status=403)
    add_never_cache_headers(response)
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Explain a request that cannot be read; one that is too large says so by its own page and status."""
    if isinstance(exception, TooMuchSent):
        return HttpResponse(render_to_string("413.html"), status=413)
    return HttpResponse(render_to_string("400.html"), status=400)


def vision_panel(request: HttpRequest) -> HttpResponse:
    """Show the panel of the version for the visually impaired alone; vision.js asks for it when it is wanted."""
    return render(request, "components/vision_panel.html")


def server_error(request: HttpRequest) -> HttpResponse:
    """Show the number by which the office finds the event in the log; never a stack trace.

    Drawn without the request, so that no context processor reads the database that may be what failed.
    """
    number = secrets.token_hex(4)
    logger.error("event %s at %s", number, request.path)
    return HttpResponse(render_to_string("500.html", {"event_id": number}), status=500)
