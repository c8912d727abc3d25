"""Chosen filters as chips that take themselves off."""

from __future__ import annotations

from collections.abc import Iterator

from events.domain.agenda import agenda
from events.enums import SECTION_URL
from events.forms import CALENDAR, EventListForm
from portal.core.listing import address, without


def chips(form: EventListForm) -> Iterator[dict[str, str]]:
    """Yield the removable filters: {label, url}; the address keeps the rest, the calendar its month."""
    labels = agenda().options
    kept = form.params
    if form.is_calendar:
        month = form.cleaned_data["shown_month"]
        kept = [("view", CALENDAR), *([("month", f"{month:%Y-%m}")] if month else []), *form.choice_params]
    for facet, values in form.choices.items():
        for value in values:
            yield {"label": labels[facet][value], "url": address(SECTION_URL, without(kept, facet, value))}
