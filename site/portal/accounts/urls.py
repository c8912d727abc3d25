"""Private addresses of accounts; allauth's own are included beside them."""

from __future__ import annotations

from django.urls import include, path
from django.views.generic import RedirectView

from portal.accounts import views

urlpatterns = [
    path("", views.ProfileView.as_view(), name="account_profile"),
    path("return/", views.give_back, name="account_return"),
    path("menu/", views.menu, name="account_menu"),
    path("send-again/", views.send_again, name="account_send_again"),
    path("closed/", views.closed, name="account_closed"),
    # The library's own list asks for each session one by one
    path("sessions/", RedirectView.as_view(pattern_name="my_sessions")),
    path("", include("allauth.urls")),
]
