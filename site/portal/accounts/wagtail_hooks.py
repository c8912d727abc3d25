"""What accounts add to the admin."""

from __future__ import annotations

from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from portal.accounts.models import ActingPeriod
from portal.accounts.viewsets import ActingPeriodViewSet
from portal.core.viewsets import ViewOnlyPolicy

register_permission_policy(ActingPeriod, ViewOnlyPolicy(ActingPeriod))
register_snippet(ActingPeriodViewSet)
