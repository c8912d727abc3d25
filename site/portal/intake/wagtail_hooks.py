"""What intake adds to the admin: the windows and their extensions."""

from __future__ import annotations

from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from portal.intake.models import IntakeExtension, IntakeWindow
from portal.intake.viewsets import GivenPolicy, IntakeGroup, OfficePolicy

register_permission_policy(IntakeWindow, OfficePolicy(IntakeWindow))
register_permission_policy(IntakeExtension, GivenPolicy(IntakeExtension))
register_snippet(IntakeGroup)
