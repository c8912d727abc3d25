"""What the media library hangs on Wagtail."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from wagtail import hooks

from portal.files import views
from portal.files.models import PortalDocument


@hooks.register("before_serve_document", order=1000)  # after Wagtail's own check of private collections
def serve_document(document: PortalDocument, request: HttpRequest) -> HttpResponseBase:
    """Serve documents by our own rule: a file is public while something public refers to it."""
    return views.document(document, request)
