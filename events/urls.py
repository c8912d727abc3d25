"""Public addresses of events beside the pages themselves; all stand above the page tree."""

from __future__ import annotations

from django.urls import path

from events.feeds import EventFeed
from events.views import files
from portal.core.pagecache import public_page

urlpatterns = [
    path("events/feed/", public_page(EventFeed()), name="event_feed"),
    path("events/calendar.ics", public_page(files.subscription), name="events_calendar"),
    path("events/<slug:slug>.ics", public_page(files.one), name="event_calendar"),
    path("events/export.<slug:fmt>", files.export, name="event_export"),
]
