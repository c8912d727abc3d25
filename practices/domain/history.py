"""The history of a submission: what is done to it without moving it along its way."""

from __future__ import annotations

from typing import Any

from practices.models import PracticeSubmission, SubmissionRecord


def write_down(
    submission: PracticeSubmission, action: str, actor: Any, *, comment: str = "", **details: Any
) -> SubmissionRecord:
    """Add a line of history that leaves the status as it is; `details` are the values that were changed.

    `actor` None is the portal itself, or who came by a one-time link. Called within the transaction of the verb.
    """
    return SubmissionRecord.objects.create(
        submission=submission,
        action=action,
        source=submission.status,
        target=submission.status,
        comment=comment,
        details=details,
        actor=actor,
    )
