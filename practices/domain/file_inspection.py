"""What the worker does with files of submissions: looks for text and viruses, deletes what nobody needs."""

from __future__ import annotations

from portal.intake.domain.inspection import look_for_text, look_for_viruses
from portal.intake.domain.leftovers import delete_leftovers
from portal.intake.models.attachments import FOLDER
from portal.intake.models.drafts import COPIES
from practices.domain.audiences import Audience, People
from practices.domain.telling import tell_people
from practices.models import PracticeSubmission, SubmissionFile, SubmissionSnapshot


def inspect_files() -> int:
    """Look at new files of submissions; return how many were looked at. A duty of every minute."""
    return look_for_text(SubmissionFile) + look_for_viruses(SubmissionFile, tell_of_virus)


def sweep_files() -> int:
    """Delete files and copies on paper that belong to no submission any more; return how many. A duty of the night."""
    copies = delete_leftovers(COPIES, [(SubmissionSnapshot, "copy")])
    return copies + delete_leftovers(FOLDER, [(SubmissionFile, "file")])


def tell_of_virus(file: SubmissionFile) -> None:
    """Tell who writes the submission that a file is closed, and once it is sent the office too."""
    submission = PracticeSubmission.objects.select_related("organisation", "moderator").get(pk=file.submission_id)
    audiences = [Audience.AUTHOR, *([Audience.OFFICE] if submission.sent_at is not None else [])]
    tell_people(
        submission,
        People([submission]).of(submission, audiences),
        "file_infected",
        {"file": file.name, "threat": file.threat},
        dedupe_key=f"file-infected:{file.pk}",
    )
