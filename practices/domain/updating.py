"""Updating a published practice: a new submission begins with what the page says and ends by replacing it.

The public version and the address stay until then.
"""

from __future__ import annotations

import hashlib
import mimetypes
import secrets
from typing import IO, Any

from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.db import transaction
from django.utils import timezone

from portal.files.models import PortalDocument, PortalImage
from portal.intake.domain.numbers import take_number
from portal.intake.enums import AttachmentPurpose, ScanState
from practices import rules
from practices.domain import words
from practices.domain.drafts import start_draft
from practices.domain.errors import TransitionError
from practices.domain.gate import submission_of
from practices.domain.page_files import removing_on_failure
from practices.domain.publication import COPIED, send_text
from practices.enums import NUMBER_SERIES, SubmissionStatus
from practices.models import AuthorConsent, PracticePage, PracticeSubmission, SubmissionFile, SubmissionRecord

# What the last submission said beside the passport: the organisation answers for it anew, but need not type it again.
_KEPT = ("contact_name", "contact_email", "contact_phone", "city_district", "rights")


def start_update(page: PracticePage, *, actor: Any) -> PracticeSubmission:
    """Begin a submission of the practice's organisation that will replace its text; it says what the page says now.

    Raises PermissionDenied for who is not of the organisation, and TransitionError for a practice that is not public.
    """
    if page.organisation is None:
        raise PermissionDenied
    if not page.live:
        raise TransitionError("Обновляют опубликованную практику.")
    with transaction.atomic():
        submission = start_draft(actor, organisation=page.organisation, updates=page)
        fill_from_page(submission, page)
    return submission


def fill_from_page(submission: PracticeSubmission, page: PracticePage) -> None:
    """Put what the public version of `page` says into a new submission, within the caller's transaction.

    Texts, terms, topics, authors with the consents that stand, copies of pictures and materials. Statements and consents
    of the sender are given anew.
    """
    _copy_text(submission, page)
    last = submission_of(page.pk)
    if last is not None:
        for name in _KEPT:
            setattr(submission, name, getattr(last, name))
    submission.save()
    with removing_on_failure() as note:
        _copy_files(submission, page, note)


def _copy_text(submission: PracticeSubmission, page: PracticePage) -> None:
    for name in ("title", "summary", *COPIED):
        setattr(submission, name, getattr(page, name))
    submission.terms = list(page.terms.all())
    submission.topics = [tag.name for tag in page.chosen_tags]
    submission.authors = [
        {
            "id": secrets.token_hex(4),
            "position": row.position.slug,
            "count": row.count,
            "name": row.public_name,
            "email": row.consent.email if row.public_name and row.consent else "",
        }
        for row in page.named_authors
    ]
    submission.save()
    AuthorConsent.objects.bulk_create(
        AuthorConsent(submission=submission, author=line["id"], consent=row.consent)
        for line, row in zip(submission.authors, page.named_authors, strict=True)
        if line["name"]
    )


def _copy_files(submission: PracticeSubmission, page: PracticePage, note: Any) -> None:
    documents = {row["document"]: row for row in words.rows_of(page.files)}
    images = {row["image"]: row["alt"] for row in words.rows_of(page.photos)}
    for document in PortalDocument.objects.filter(pk__in=documents):
        row = documents[document.pk]
        values = {"title": row["title"], "kind": row.get("kind") or "", "purpose": AttachmentPurpose.FILE}
        _copy(submission, document.file, document.filename, note, values)
    for image in PortalImage.objects.filter(pk__in=images):
        values = {"alt": images[image.pk], "purpose": AttachmentPurpose.PHOTO}
        _copy(submission, image.file, image.filename, note, values)
    if page.cover is not None:
        values = {"alt": page.cover_alt, "purpose": AttachmentPurpose.COVER}
        _copy(submission, page.cover.file, page.cover.filename, note, values)


def _copy(submission: PracticeSubmission, source: Any, name: str, note: Any, values: dict[str, Any]) -> None:
    """Copy a file of the library into the private storage; one that is missing on the disk is left out."""
    if not source.storage.exists(source.name):
        return
    with source.storage.open(source.name, "rb") as opened:
        row = SubmissionFile(
            submission=submission,
            name=name,
            media_type=mimetypes.guess_type(name)[0] or "application/octet-stream",
            size=source.size,
            digest=_digest(opened),
            scan=ScanState.UNCHECKED,
            order=submission.attachments.count(),
            **values,
        )
        row.file.save(name, File(opened), save=True)
        note(row.file.storage, row.file.name)


def _digest(opened: IO[bytes]) -> str:
    digest = hashlib.file_digest(opened, "sha256").hexdigest()  # type: ignore[arg-type]
    opened.seek(0)
    return digest


def send_correction(page: PracticePage, *, actor: Any, comment: str = "") -> PracticeSubmission:
    """Ask the author about a change that the editor has made in a published text; return the submission of the change.

    A change is an update that the editor begins: the author sees the difference, agrees, and it goes out. Raises
    PermissionDenied and TransitionError.
    """
    with transaction.atomic():
        last = submission_of(page.pk)
        if last is None:
            raise TransitionError("Практика не из заявки: автора для согласования у неё нет, публикуйте сами.")
        if last.status != SubmissionStatus.PUBLISHED:
            return send_text(last, actor=actor, comment=comment)
        if not rules.can_edit_page(actor, last):
            raise PermissionDenied
        change = _begin_change(PracticePage.objects.get(pk=page.pk), last, actor)
        return send_text(change, actor=actor, comment=comment)


def _begin_change(page: PracticePage, last: PracticeSubmission, actor: Any) -> PracticeSubmission:
    now = timezone.now()
    change = PracticeSubmission.objects.create(
        organisation=last.organisation,
        updates=page,
        page=page,
        status=SubmissionStatus.ACCEPTED,
        status_since=now,
        created_by=last.created_by,
        sent_by=last.sent_by,
        sent_at=now,
        number=take_number(NUMBER_SERIES, timezone.localtime(now).year),
        photos_children=last.photos_children,
        photo_consents=last.photo_consents,
        photo_consents_on=last.photo_consents_on,
        photo_ready=last.photo_ready,
        consent=last.consent,
        is_demo=last.is_demo,
        **{name: getattr(last, name) for name in _KEPT},
    )
    _copy_text(change, page)
    SubmissionRecord.objects.create(
        submission=change, action="begin_change", target=change.status, actor=actor, at=now, details={"page": page.pk}
    )
    return change
