"""Public addresses of contests beside their pages; all stand above the page tree."""

from __future__ import annotations

from django.urls import path

from contests.views import calendar, winners
from portal.core.pagecache import public_page

urlpatterns = [
    path("contests/winners/", public_page(winners.winners), name="contest_winners"),
    path("contests/winners/export.<slug:fmt>", winners.export, name="contest_winners_export"),
    path("contests/<slug:slug>/calendar.ics", public_page(calendar.calendar), name="contest_calendar"),
]
