"""Private addresses of notices and letters."""

from __future__ import annotations

from django.urls import path

from portal.mailing.views import notices
from portal.mailing.views.unsubscribe import UnsubscribeView

urlpatterns = [
    path("cabinet/notices/", notices.notices, name="notices"),
    path("cabinet/notices/read/", notices.read_all, name="notices_read"),
    path("cabinet/notices/letters/", notices.LetterWaysView.as_view(), name="letter_ways"),
    path("cabinet/notices/<int:pk>/", notices.open_notice, name="notice"),
    path("cabinet/notices/<int:pk>/read/", notices.read_notice, name="notice_read"),
    path("letters/unsubscribe/<str:token>/", UnsubscribeView.as_view(), name="letters_unsubscribe"),
]
