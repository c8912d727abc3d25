"""Answers of the passport that lie outside its columns: files, names of authors, consents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from portal.intake.enums import AttachmentPurpose
from portal.intake.forms.storage import Reading
from practices.domain.author_consents import agreed_authors
from practices.domain.own_consents import has_consent


def _files(submission: Any, purpose: str) -> list[dict[str, Any]]:
    found = sorted(submission.attachments.all(), key=lambda file: (file.order, file.pk))
    return [
        {
            "id": str(file.public_id),
            "name": file.name,
            "title": file.title,
            "kind": file.kind,
            "size": file.size,
            "alt": file.alt,
        }
        for file in found
        if file.purpose == purpose
    ]


def _named(submission: Any) -> list[dict[str, str]]:
    """Return the authors who are to be named: row of the author, name."""
    return [
        {"id": str(row.get("id", "")), "name": str(row["name"])} for row in submission.authors or [] if row.get("name")
    ]


READINGS: Mapping[str, Reading] = {
    "attachments": lambda submission: _files(submission, AttachmentPurpose.FILE),
    "photos": lambda submission: _files(submission, AttachmentPurpose.PHOTO),
    "cover": lambda submission: _files(submission, AttachmentPurpose.COVER),
    "cover_alt": lambda submission: next((f["alt"] for f in _files(submission, AttachmentPurpose.COVER)), ""),
    "author_names": _named,
    "consent_pd": has_consent,
    "consent_spread": agreed_authors,
}
