"""Submissions in any status, whole or begun."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from portal.organisations.enums import MemberRole
from portal.organisations.models import Membership, Organisation
from practices.enums import SubmissionStatus
from practices.models import PracticeSubmission
from tests.factories.people import make_account


def make_member(organisation: Organisation, email: str, *, head: bool = False, **extra: Any) -> Any:
    """An account that belongs to the organisation."""
    user = make_account(email, **extra)
    Membership.objects.create(user=user, organisation=organisation, role=MemberRole.HEAD if head else MemberRole.AUTHOR)
    return user


def make_submission(
    organisation: Organisation, author: Any, *, status: str = SubmissionStatus.DRAFT, **fields: Any
) -> Any:
    """A submission in a status; one beyond the draft has a number and a day of sending."""
    sent = status not in {SubmissionStatus.DRAFT, SubmissionStatus.HEAD_CONFIRMATION}
    values: dict[str, Any] = {
        "title": "Мини-музей в чемодане для сельского сада",
        "organisation": organisation,
        "municipality": organisation.municipality,
        "created_by": author,
        "changed_by": author,
        "status": status,
        "status_since": timezone.now(),
    }
    if sent:
        count = PracticeSubmission.objects.exclude(number=None).count() + 1
        values |= {"number": f"ПР-2026-{count:03}", "sent_at": timezone.now(), "sent_by": author}
    return PracticeSubmission.objects.create(**{**values, **fields})
