"""What subscriptions add to the admin."""

from __future__ import annotations

from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from portal.core.viewsets import ViewOnlyPolicy
from portal.subscriptions.models import Subscription
from portal.subscriptions.viewsets import SubscriptionViewSet

register_permission_policy(Subscription, ViewOnlyPolicy(Subscription))
register_snippet(SubscriptionViewSet)
