"""Library files over HTTP: scaled pictures under /media/, documents under /files/; originals of pictures never."""

from __future__ import annotations

import hashlib
import mimetypes
import re
from pathlib import PurePosixPath

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe
from wagtail import hooks

from portal.files import shown
from portal.files.models import PortalDocument, PortalImage

RENDITION = re.compile(r"renditions/(?P<image>[0-9]{1,18})/(?P<name>[^/\\]+)")
PICTURES = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}
INLINE = {"application/pdf", *PICTURES.values()}
SANDBOX = "default-src 'none'; sandbox"
# Chrome shows no PDF in a sandbox at all; without scripts, frames and requests it is as harmless as the picture.
PDF_POLICY = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'"


@require_safe
def rendition(request: HttpRequest, path: str) -> FileResponse:
    """Answer with a scaled picture that the visitor may see; anything else under /media/ is 404."""
    match = RENDITION.fullmatch(path)
    media_type = PICTURES.get(PurePosixPath(path).suffix.lower())
    if not match or not media_type or match["name"].startswith("."):
        raise Http404
    image = PortalImage(pk=int(match["image"]), collection_id=None)  # named, or its default costs a query
    public = shown.is_public(image)
    if not public and not shown.may_be_seen(image, request):
        raise Http404
    response = _stream(path, media_type)
    response.headers["Cache-Control"] = "public, max-age=60" if public else "private, no-store"
    return response


@require_safe
def document(request: HttpRequest, document_id: str, filename: str) -> HttpResponseBase:
    """Answer with a document that the visitor may have, read from whatever storage holds it; 404 for others.

    Wagtail's own view is not used: it knows private collections alone, and neither refuses files of drafts nor
    takes a streamed answer from its hook.
    """
    item = get_object_or_404(PortalDocument, pk=int(document_id))
    if item.filename != filename:
        raise Http404
    for check in hooks.get_hooks("before_serve_document"):  # private collections
        answer = check(item, request)
        if isinstance(answer, HttpResponseBase):
            return answer
    public = shown.is_public(item)
    if not public and not shown.may_be_seen(item, request):
        raise Http404
    media_type = mimetypes.guess_type(item.filename)[0] or "application/octet-stream"
    response = _stream(item.file.name, media_type)
    attachment = media_type not in INLINE
    response.headers["Content-Disposition"] = content_disposition_header(attachment, item.filename) or "attachment"
    response.headers["Cache-Control"] = "public, max-age=0, must-revalidate" if public else "private, no-store"
    return response


def _stream(name: str, media_type: str) -> FileResponse:
    try:
        file = default_storage.open(name)
        size = file.size
    except OSError as error:
        raise Http404 from error
    response = FileResponse(file, content_type=media_type)
    response.headers["Content-Length"] = str(size)
    # Files are never rewritten under their name: a replaced one gets another.
    response.headers["ETag"] = f'"{hashlib.sha256(f"{name}:{size}".encode()).hexdigest()[:32]}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = PDF_POLICY if media_type == "application/pdf" else SANDBOX
    return response
