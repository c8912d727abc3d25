"""Pages about what went wrong."""

from __future__ import annotations

import logging
import secrets

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

logger = logging.getLogger("portal")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Explain a refused form: the sign-in has changed since it was opened, or cookies are off."""
    return render(request, "403_csrf.html", status=403)


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
