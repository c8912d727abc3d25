"""Addresses of subscriptions: forms and links of letters, none of them cached."""

from __future__ import annotations

from django.urls import path

from portal.subscriptions import views

urlpatterns = [
    path("subscribe/", views.SubscribeView.as_view(), name="subscribe"),
    path("subscribe/sent/", views.sent, name="subscribe_sent"),
    path("subscribe/confirm/<str:token>/", views.ConfirmView.as_view(), name="subscription_confirm"),
    path("subscribe/leave/<str:token>/", views.LeaveView.as_view(), name="subscription_leave"),
]
