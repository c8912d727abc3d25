"""Private addresses of notices and letters."""

from __future__ import annotations

from django.urls import path

from portal.mailing.views.unsubscribe import UnsubscribeView

urlpatterns = [
    path("letters/unsubscribe/<str:token>/", UnsubscribeView.as_view(), name="letters_unsubscribe"),
]
