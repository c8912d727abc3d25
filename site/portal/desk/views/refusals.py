"""The answer of the admin where a page refuses to be published: the reasons, and the page to mend."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse

from portal.core.publishing import PublicationRefused

CONFLICT = 409


def answer_refused(request: HttpRequest, refused: PublicationRefused) -> HttpResponse:
    """Say why, and lead back to the page; scripts of the admin get the same sentence as JSON."""
    match = request.resolver_match
    page_id = match.kwargs.get("page_id") if match else None
    if not request.accepts("text/html"):
        return JsonResponse({"success": False, "error_code": "refused", "error_message": str(refused)}, status=CONFLICT)
    messages.error(request, str(refused))
    return redirect(reverse("wagtailadmin_pages:edit", args=[page_id]) if page_id else reverse("wagtailadmin_home"))
