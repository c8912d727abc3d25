"""Who may do what at the desk."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page
from wagtail.permissions import policy_registry


def works_with_pages(user: Any) -> bool:
    """Tell whether `user` writes pages anywhere in the tree."""
    policy = policy_registry.get_by_type(Page)
    return bool(policy.user_has_any_permission(user, {"add", "change", "publish"}))


def may_empty_trash(user: Any) -> bool:
    """Tell whether `user` deletes pages forever."""
    return bool(user.is_active and user.is_superuser)


def may_share_draft(user: Any, page: Page) -> bool:
    """Tell whether `user` may give others a link to the draft of `page`: whoever edits it."""
    return bool(page.permissions_for_user(user).can_edit())
