from __future__ import annotations

from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    name = "portal.accounts"
    verbose_name = "Учётные записи"
    default = True


class PortalUsersConfig(WagtailUsersAppConfig):
    """Wagtail's screens of users, told to use the portal's forms."""

    user_viewset = "portal.accounts.viewsets.PortalUserViewSet"
