"""Screens of users in the admin."""

from __future__ import annotations

from wagtail.users.views.users import UserViewSet


class PortalUserViewSet(UserViewSet):
    """Users by e-mail and name."""
