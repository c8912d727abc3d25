"""A private file over HTTP: always to be saved, never shown in place, kept by no cache (SAFETY fact 1)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpResponse
from django.utils.http import content_disposition_header

from portal.files.reencode import reencode_image
from portal.intake.models import Attachment

SANDBOX = "default-src 'none'; sandbox"
PREVIEW_SIDE = 400  # pixels of the longer side


def whole_file(attachment: Attachment) -> FileResponse:
    """Return the answer with the file itself. Raises Http404 when the storage has lost it."""
    response = FileResponse(_opened(attachment), content_type=attachment.media_type)
    response.headers["Content-Length"] = str(attachment.size)
    return _guarded(response, attachment.name)


def preview(attachment: Attachment) -> HttpResponse:
    """Return the answer with a small copy of a picture, by which its owner knows it. Raises Http404 for other files."""
    if not attachment.media_type.startswith("image/"):
        raise Http404
    with _opened(attachment) as file:
        try:
            small = reencode_image(file, max_side=PREVIEW_SIDE)
        except ValidationError as error:
            raise Http404 from error
    return _guarded(HttpResponse(small.read(), content_type=attachment.media_type), attachment.name)


def _opened(attachment: Attachment) -> Any:
    try:
        return attachment.file.open("rb")
    except OSError as error:
        raise Http404 from error


def _guarded(response: Any, name: str) -> Any:
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
