"""What home adds to the admin: messages of visitors and the line of those that wait."""

from __future__ import annotations

from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from portal.core import awaiting
from portal.home.models import FeedbackMessage
from portal.home.viewsets import FeedbackPolicy, FeedbackViewSet, unanswered

register_permission_policy(FeedbackMessage, FeedbackPolicy(FeedbackMessage))
register_snippet(FeedbackViewSet)
awaiting.register("feedback", unanswered, order=70)
