"""What events add to the admin."""

from __future__ import annotations

from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from events.viewsets import EventsGroup


@hooks.register("register_admin_viewset")
def lists_of_events() -> ViewSetGroup:
    """The lists of events, cycles and plans."""
    return EventsGroup()
