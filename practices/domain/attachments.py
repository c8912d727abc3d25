"""Files of a submission: added, removed, named and put in order by those who write it; private until publication."""

from __future__ import annotations

import logging
import secrets
import uuid
from collections.abc import Sequence
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max, Sum
from django.http import Http404

from portal.core.text import single_line
from portal.files.names import clean_filename
from portal.intake.domain.uploads import LIMITS, Prepared, check_room, megabytes, prepare, refusal
from portal.intake.enums import AttachmentPurpose, ScanState
from portal.intake.models.attachments import private_storage, stored_name
from practices.domain.history import write_down
from practices.models import PracticeSubmission, SubmissionFile
from practices.rules import can_see_contacts, can_write_submission, closed_words

# The field of the form that a place of files is, as remarks and the fields opened for a revision name it.
FIELDS: dict[str, str] = {
    AttachmentPurpose.FILE: "attachments",
    AttachmentPurpose.COVER: "cover",
    AttachmentPurpose.PHOTO: "photos",
    AttachmentPurpose.CONSENT: "consent_spread",
}
TITLE_LENGTH = 160

logger = logging.getLogger(__name__)


def attach(
    submission: PracticeSubmission, upload: IO[bytes], *, actor: Any, purpose: str = AttachmentPurpose.FILE
) -> SubmissionFile:
    """Check `upload` by its content, store it and add it to the submission; a new cover takes the place of the old.

    The same file a second time gives the row that is there: a repeated request adds nothing. Raises PermissionDenied for
    whoever does not write it; ValidationError that names the file and the cure when it is refused, when there is no room
    or no place on the disk, and with code `closed` when the term is over.
    """
    _check_writer(submission, actor, purpose)
    name = clean_filename(str(getattr(upload, "name", None) or ""))
    check_room(submission.attachments.all(), purpose, 0, name)
    prepared = prepare(upload, purpose)
    stored = _store(prepared)
    try:
        with transaction.atomic():
            locked = _lock(submission, actor, purpose)
            kept = locked.attachments.filter(digest=prepared.digest, purpose=purpose).first()
            row = kept or _add(locked, prepared, stored, actor, purpose)
    except BaseException:
        private_storage().delete(stored)
        raise
    if kept is not None:
        private_storage().delete(stored)
    return row


def remove(file: SubmissionFile, *, actor: Any) -> None:
    """Take a file out of its submission and delete it after the commit. Raises as `attach` does."""
    with transaction.atomic():
        submission = _lock(file.submission, actor, file.purpose)
        row = submission.attachments.filter(pk=file.pk).first()
        if row is None:
            return  # taken out by a colleague at the same moment
        _drop(row)
        _write_down(submission, "remove_file", actor, file=row.name, purpose=row.purpose)


def rename(file: SubmissionFile, *, actor: Any, title: str = "", kind: str = "", alt: str = "") -> SubmissionFile:
    """Give a file its name for colleagues, its kind and the words for what is on a picture. Raises as `attach` does."""
    values = {
        "title": single_line(title)[:TITLE_LENGTH],
        "kind": kind[:60],
        "alt": single_line(alt)[:TITLE_LENGTH],
    }
    with transaction.atomic():
        submission = _lock(file.submission, actor, file.purpose)
        row = submission.attachments.filter(pk=file.pk).first()
        if row is None:
            raise ValidationError(f"Файла „{file.name}“ уже нет: его убрал соавтор.", code="gone")
        changed = {name: value for name, value in values.items() if getattr(row, name) != value}
        if changed:
            before = {name: getattr(row, name) for name in changed}
            for name, value in changed.items():
                setattr(row, name, value)
            row.save(update_fields=list(changed))
            _write_down(submission, "rename_file", actor, file=row.name, before=before, after=changed)
    return row


def arrange(
    submission: PracticeSubmission, ids: Sequence[uuid.UUID], *, actor: Any, purpose: str = AttachmentPurpose.FILE
) -> None:
    """Put the files of one place in the order of `ids`; those not named keep their order after them. Raises as `attach`."""
    with transaction.atomic():
        locked = _lock(submission, actor, purpose)
        rows = list(locked.attachments.filter(purpose=purpose))
        wanted = {public_id: number for number, public_id in enumerate(ids)}
        ordered = sorted(rows, key=lambda row: wanted.get(row.public_id, len(wanted)))
        if ordered == rows:
            return
        for number, row in enumerate(ordered):
            row.order = number
        SubmissionFile.objects.bulk_update(ordered, ["order"])
        _write_down(locked, "arrange_files", actor, purpose=purpose)


def move(file: SubmissionFile, step: int, *, actor: Any) -> None:
    """Move a file `step` places down its list, up when it is negative. Raises as `attach` does."""
    ids = [row.public_id for row in file.submission.attachments.filter(purpose=file.purpose)]
    if file.public_id in ids:
        at = ids.index(file.public_id)
        ids.insert(max(0, at + step), ids.pop(at))
        arrange(file.submission, ids, actor=actor, purpose=file.purpose)


def file_or_404(user: Any, submission: PracticeSubmission, public_id: uuid.UUID) -> SubmissionFile:
    """Return a file of a submission that `user` may read; signed consents are for the team and the office alone."""
    file = submission.attachments.filter(public_id=public_id).first()
    if file is None or (file.purpose == AttachmentPurpose.CONSENT and not can_see_contacts(user, submission)):
        raise Http404
    file.submission = submission
    return file


def erase(file: SubmissionFile) -> None:
    """Delete a file whose owner asked to be forgotten, whatever the status of its submission."""
    _drop(file)


def is_closed(file: SubmissionFile) -> bool:
    """Tell whether nobody may take the file away: the antivirus found something in it."""
    return file.scan == ScanState.INFECTED


def _check_writer(submission: PracticeSubmission, actor: Any, purpose: str) -> None:
    if not can_write_submission(actor, submission):
        raise PermissionDenied
    if words := closed_words(submission):
        raise ValidationError(words, code="closed")
    if submission.open_fields and FIELDS[purpose] not in submission.open_fields:
        raise ValidationError(
            "На доработке открыты только поля с замечаниями, файлы среди них не названы.", code="closed"
        )


def _lock(submission: PracticeSubmission, actor: Any, purpose: str) -> PracticeSubmission:
    """Return the submission of this moment, locked, after asking again whether `actor` may write in it."""
    locked: PracticeSubmission = (
        PracticeSubmission.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=submission.pk)
    )
    _check_writer(locked, actor, purpose)
    return locked


def _store(prepared: Prepared) -> str:
    """Write the file whole or not at all. Raises ValidationError with the number of the event when there is no place."""
    try:
        return private_storage().save(stored_name(None, prepared.name), prepared.content)
    except OSError as error:
        event = secrets.token_hex(4)
        logger.exception("event %s: a file of a submission could not be stored", event)
        raise refusal(
            prepared.name,
            "не сохранён: на сервере кончилось место или хранилище не отвечает. Остальное на месте. Попробуйте позже "
            f"или сообщите администратору номер события {event}.",
            "storage",
        ) from error


def _add(submission: PracticeSubmission, prepared: Prepared, stored: str, actor: Any, purpose: str) -> SubmissionFile:
    held = list(submission.attachments.all())
    check_room(held, purpose, prepared.size, prepared.name)
    _check_quota(submission, prepared)
    if LIMITS[purpose].most == 1:
        for old in held:
            if old.purpose == purpose:
                _drop(old)
    last = submission.attachments.filter(purpose=purpose).aggregate(last=Max("order"))["last"]
    row = SubmissionFile(
        submission=submission,
        purpose=purpose,
        name=prepared.name,
        media_type=prepared.media_type,
        size=prepared.size,
        digest=prepared.digest,
        order=0 if last is None else last + 1,
        added_by=actor,
    )
    row.file.name = stored
    row.save()
    _write_down(submission, "attach", actor, file=row.name, purpose=purpose, size=row.size, digest=row.digest)
    return row


def _check_quota(submission: PracticeSubmission, prepared: Prepared) -> None:
    same = SubmissionFile.objects.filter(submission__organisation=submission.organisation_id)
    used = same.aggregate(sum=Sum("size"))["sum"] or 0
    if submission.organisation_id and used + prepared.size > settings.ORGANISATION_QUOTA:
        raise refusal(
            prepared.name,
            f"файлы всех заявок организации заняли отведённые {megabytes(settings.ORGANISATION_QUOTA)} МБ. Удалите "
            "файлы ненужных черновиков.",
            "quota",
        )


def _drop(row: SubmissionFile) -> None:
    """Delete the row, and its file once that is committed: what was not committed loses nothing."""
    storage, name = private_storage(), str(row.file.name)
    row.delete()
    transaction.on_commit(lambda: storage.delete(name), robust=True)


def _write_down(submission: PracticeSubmission, action: str, actor: Any, **details: Any) -> None:
    record = write_down(submission, action, actor, **details)
    PracticeSubmission.objects.filter(pk=submission.pk).update(changed_at=record.at, changed_by=actor)
