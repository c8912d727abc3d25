"""Panels of the first screen."""

from __future__ import annotations

from typing import Any

from wagtail.admin.ui.components import Component

from portal.core import awaiting


class AwaitingPanel(Component):
    """The first thing on the first screen: what waits for the person who has come."""

    name = "awaiting"
    template_name = "desk/admin/awaiting.html"
    order = 50

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        tasks = list(awaiting.tasks_of(user))
        return {
            "name": user.first_name,
            "tasks": [task for task in tasks if task.count],
            "done": [task for task in tasks if not task.count],
        }
