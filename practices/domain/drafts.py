"""Beginning a submission, taking a new draft from an old one, and deleting a draft."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from portal.organisations.models import Organisation
from portal.organisations.rules import is_member
from practices.models import PracticePage, PracticeSubmission, SubmissionRecord


def start_draft(user: Any, *, organisation: Organisation, updates: PracticePage | None = None) -> PracticeSubmission:
    """Begin a draft of `organisation` and return it; `updates` is the published practice whose text it will replace.

    Raises PermissionDenied when `user` is not of the organisation, or the practice is another organisation's.
    """
    if not is_member(user, organisation.pk) or (updates is not None and updates.organisation_id != organisation.pk):
        raise PermissionDenied
    now = timezone.now()
    with transaction.atomic():
        submission = PracticeSubmission.objects.create(
            organisation=organisation,
            municipality=organisation.municipality,
            city_district=organisation.city_district,
            updates=updates,
            created_by=user,
            created_at=now,
            changed_by=user,
            changed_at=now,
            status_since=now,
            is_demo=organisation.is_demo,
        )
        SubmissionRecord.objects.create(
            submission=submission, action="start", target=submission.status, actor=user, at=now
        )
    return submission
