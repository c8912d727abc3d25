"""The address of a published practice and the badge that its kindergarten puts on the own site."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from practices.enums import SECTION_URL
from practices.models import PracticePage

WIDTH, HEIGHT = 300, 64  # pixels


def full_address(page: PracticePage) -> str:
    """Return the whole address of a practice on the portal."""
    return f"{settings.SITE_URL}{SECTION_URL}{page.slug}/"


def snippet(page: PracticePage) -> SafeString:
    """Return the markup by which a kindergarten shows the badge on its own site."""
    return format_html(
        '<a href="{}"><img src="{}" width="{}" height="{}" alt="Практика в банке: {}"></a>',
        full_address(page),
        settings.SITE_URL + reverse("practice_badge", args=[page.slug]),
        WIDTH,
        HEIGHT,
        page.title,
    )
