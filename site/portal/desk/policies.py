"""Rights over pages: those of Wagtail, except that what lies in the trash is nobody's work."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from wagtail.permission_policies.pages import PagePermissionPolicy

from portal.desk.domain import trash


class PagesOutsideTrashPolicy(PagePermissionPolicy):
    """Lists, choosers, reports and the tree of the admin ask here which pages a person sees."""

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> QuerySet:
        return trash.outside(super().instances_user_has_any_permission_for(user, actions))

    def instances_user_has_permission_for(self, user: Any, action: str) -> QuerySet:
        return self.instances_user_has_any_permission_for(user, {action})

    def explorable_instances(self, user: Any) -> QuerySet:
        return trash.outside(super().explorable_instances(user))
