"""What the bank adds to the admin."""

from __future__ import annotations

from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from practices.viewsets import PracticesGroup


@hooks.register("register_admin_viewset")
def lists_of_practices() -> ViewSetGroup:
    """The lists of practices and of collections."""
    return PracticesGroup()
