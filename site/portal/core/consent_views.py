"""Texts of consents, open to everybody: a form links to the edition that it asks to agree to."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from portal.core.models import ConsentText
from portal.core.pagecache import public_page


@public_page
def consent_texts(request: HttpRequest) -> HttpResponse:
    """The editions in force, one for each purpose."""
    return render(request, "core/consent_texts.html", {"texts": ConsentText.objects.current().order_by("title")})


@public_page
def consent_text(request: HttpRequest, purpose: str, version: int) -> HttpResponse:
    """One edition, in force or former: who agreed to it can always read it again."""
    text = get_object_or_404(ConsentText, purpose=purpose, version=version)
    current = ConsentText.objects.current().filter(purpose=purpose).first()
    return render(request, "core/consent_text.html", {"text": text, "current": current if current != text else None})
