"""What lists of pages of one type share in the admin."""

from __future__ import annotations

from django.http import HttpRequest
from wagtail.admin.menu import MenuItem
from wagtail.models import Page
from wagtail.permissions import policy_registry


class PagesMenuItem(MenuItem):
    """Shown to those who have a right over any page."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether the person works with pages at all."""
        policy = policy_registry.get_by_type(Page)
        return bool(policy.user_has_any_permission(request.user, {"add", "change", "publish"}))
