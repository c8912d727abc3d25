"""The page of a cycle as values for its template."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from events.domain import cycles, words
from events.domain.rows import rows
from events.enums import SECTION_URL
from events.models import EventCyclePage
from portal.core.listing import address


def cycle_context(page: EventCyclePage) -> dict[str, Any]:
    """Return the meetings of a cycle, those ahead first, and how far it has gone."""
    today = timezone.localdate()
    found = cycles.progress(page.pk, page.planned_count, today=today)
    ahead = [event for event in found.meetings if event.last_day >= today]
    behind = [event for event in reversed(found.meetings) if event.last_day < today]
    people = sum(event.participants or 0 for event in behind if not event.is_cancelled)
    return {
        "held_words": found.words,
        "held": found.held,
        "planned": found.planned,
        "total_words": words.event_words(len(found.meetings)),
        "people": people,
        "ahead": rows(ahead, today=today),
        "behind": rows(behind, today=today),
        "subscription_url": address(reverse("events_calendar"), [("cycle", page.slug)]),
        "canonical": settings.SITE_URL + f"{SECTION_URL}{page.slug}/",
    }
