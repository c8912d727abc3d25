"""Own drafts as a text file."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from practices.domain.draft_texts import text_of_drafts


@never_cache
@require_safe
@login_required
def drafts_text(request: HttpRequest) -> HttpResponse:
    """Give the person all drafts that the person began."""
    response = HttpResponse(text_of_drafts(request.user), content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = content_disposition_header(True, "Черновики практик.txt") or "attachment"
    return response
