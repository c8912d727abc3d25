"""The section of events."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from portal.core.sections import SectionPage


class EventIndexPage(SectionPage):
    """The section of events: the list with its filters and the calendar by months."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["events.EventPage", "events.EventCyclePage", "events.EventPlanPage"]
    section_slug = "events"

    class Meta:
        verbose_name = "раздел «События»"
        verbose_name_plural = "раздел «События»"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from events.views.listing import list_context  # noqa: PLC0415 (the list reads these models)

        return {**super().get_context(request, *args, **kwargs), **list_context(request)}

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        from events.views.listing import is_calendar  # noqa: PLC0415 (the list reads these models)

        whole = super().get_template(request, *args, **kwargs)
        return "events/event_calendar.html" if is_calendar(request) else whole
