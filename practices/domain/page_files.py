"""Files of an accepted submission in the library: copies of what may be shown, each made once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.files import File
from django.core.files.storage import Storage

from portal.files.models import PortalDocument, PortalImage
from portal.intake.enums import AttachmentPurpose, ScanState
from practices.models import PracticePage, PracticeSubmission, SubmissionFile


@contextmanager
def removing_on_failure() -> Iterator[Callable[[Storage, str], None]]:
    """Give a function that notes stored files; when the block fails they are deleted, since their rows are rolled back."""
    stored: list[tuple[Storage, str]] = []
    try:
        yield lambda storage, name: stored.append((storage, name))
    except BaseException:
        for storage, name in stored:
            storage.delete(name)
        raise


def copy_files(submission: PracticeSubmission, page: PracticePage, note: Callable[[Storage, str], None]) -> None:
    """Put copies of the files of `submission` on `page`: cover, pictures, materials.

    Signed consents never leave the private storage; nor does what the antivirus refused; pictures with children go only
    with the statement that the consents of parents are kept.
    """
    allowed = submission.attachments.exclude(scan=ScanState.INFECTED).exclude(purpose=AttachmentPurpose.CONSENT)
    if not shows_children_lawfully(submission):
        allowed = allowed.exclude(purpose=AttachmentPurpose.PHOTO)
    files: Any = []  # streams take lists; their types do not say so
    photos: Any = []
    for row in allowed.order_by("order", "pk"):
        if row.purpose == AttachmentPurpose.COVER:
            page.cover, page.cover_alt = _image(row, submission, note), row.alt or page.title[:160]
        elif row.purpose == AttachmentPurpose.PHOTO:
            image = _image(row, submission, note)
            photos.append(("photo", {"image": image, "alt": row.alt or str(row)[:160], "caption": ""}))
        else:
            document = _document(row, submission, note)
            files.append(("file", {"title": str(row)[:160], "kind": row.kind, "document": document}))
    page.files, page.photos = files, photos


def shows_children_lawfully(submission: PracticeSubmission) -> bool:
    """Tell whether pictures may be shown: no children on them, or the statement of the kindergarten is whole."""
    whole = submission.photo_consents and submission.photo_ready and submission.photo_consents_on is not None
    return not submission.photos_children or bool(whole)


def _image(row: SubmissionFile, submission: PracticeSubmission, note: Callable[[Storage, str], None]) -> PortalImage:
    return _stored(PortalImage(title=(row.alt or str(row))[:255], is_demo=submission.is_demo), row, note)


def _document(row: SubmissionFile, submission: PracticeSubmission, note: Any) -> PortalDocument:
    return _stored(PortalDocument(title=str(row)[:255], is_demo=submission.is_demo), row, note)


def _stored(record: Any, row: SubmissionFile, note: Callable[[Storage, str], None]) -> Any:
    with row.file.open("rb") as source:
        record.file = File(source, name=row.name)
        if isinstance(record, PortalDocument):
            record._set_document_file_metadata()
        record.save()
    note(record.file.storage, record.file.name)
    return record
