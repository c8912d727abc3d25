"""What the contests add to the admin."""

from __future__ import annotations

from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from contests.models import ContestSeries

register_permission_policy(ContestSeries, ModelPermissionPolicy(ContestSeries))

from contests.viewsets import ContestsGroup  # noqa: E402 (it asks for the policy)

register_snippet(ContestsGroup)
