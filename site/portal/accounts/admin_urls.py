"""Doors of Wagtail's admin that lead to allauth's pages; included above Wagtail's own, which stay mounted."""

from __future__ import annotations

from allauth.account import views as account_views
from django.urls import path
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access

from portal.accounts import views
from portal.accounts.viewsets import PortalAccountView

urlpatterns = [
    path("login/", views.admin_login),
    path("logout/", account_views.logout),
    path("account/", never_cache(require_admin_access(PortalAccountView.as_view()))),
    path("password_reset/", views.admin_password_reset),
    path("password_reset/<path:rest>", views.admin_password_reset),
]
