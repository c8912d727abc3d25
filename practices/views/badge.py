"""The badge of a practice for the site of its kindergarten: a small picture served by the portal."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from practices.domain import words
from practices.enums import SECTION_URL
from practices.models import PracticePage

WIDTH, HEIGHT = 300, 64  # pixels


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


def snippet(page: PracticePage) -> SafeString:
    """Return the markup by which a kindergarten shows the badge on its own site."""
    return format_html(
        '<a href="{}"><img src="{}" width="{}" height="{}" alt="Практика в банке: {}"></a>',
        f"{settings.SITE_URL}{SECTION_URL}{page.slug}/",
        settings.SITE_URL + reverse("practice_badge", args=[page.slug]),
        WIDTH,
        HEIGHT,
        page.title,
    )
