"""What home adds to the admin: messages of visitors and the panel of what waits."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from portal.home.models import FeedbackMessage
from portal.home.viewsets import AwaitingPanel, FeedbackPolicy, FeedbackViewSet

register_permission_policy(FeedbackMessage, FeedbackPolicy(FeedbackMessage))
register_snippet(FeedbackViewSet)


@hooks.register("construct_homepage_panels")
def show_what_waits(request: HttpRequest, panels: list[Any]) -> None:
    """Put what waits above Wagtail's own panels."""
    panels.append(AwaitingPanel())
