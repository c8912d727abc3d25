"""Pages about what went wrong."""

from __future__ import annotations

import logging
import secrets

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

logger = logging.getLogger("portal")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Explain a refused form: the sign-in has changed since it was opened, or cookies are off."""
    return render(request, "403_csrf.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Show the number by which the office finds the event in the log; never a stack trace."""
    number = secrets.token_hex(4)
    logger.error("event %s at %s", number, request.path)
    return render(request, "500.html", {"event_number": number}, status=500)
