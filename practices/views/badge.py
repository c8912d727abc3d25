"""The badge of a practice for the site of its kindergarten: a small picture served by the portal."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from practices.domain import words
from practices.domain.badges import HEIGHT, WIDTH
from practices.models import PracticePage


def badge(request: HttpRequest, slug: str) -> HttpResponse:
    """Draw the badge of a practice that stands in the bank now; 404 for one that left it."""
    page = PracticePage.objects.listed().filter(slug=slug).first()
    if page is None:
        raise Http404
    context = {
        "width": WIDTH,
        "height": HEIGHT,
        "level": words.LEVEL_LABELS[page.current_level],
        "since": words.month(page.level_on or page.published_on) if page.level_on or page.published_on else "",
    }
    response = render(request, "practices/badge.svg", context, content_type="image/svg+xml")
    response.headers["Cache-Control"] = "public, max-age=3600"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"  # it is made to stand on other sites
    return response
