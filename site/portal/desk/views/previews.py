"""The draft behind a link, and the admin's screen of the links of a page."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from wagtail.models import Page

from portal.desk.domain import previews
from portal.desk.models import PreviewLink
from portal.desk.rules import may_share_draft


@require_safe
def show_draft(request: HttpRequest, token: str) -> HttpResponse:
    """Show the latest draft to whoever has the link; 404 for any other token. Nobody keeps or indexes the answer."""
    link = previews.open_link(token)
    if link is None:
        raise Http404
    page = previews.draft(link.page)
    response: HttpResponse = page.make_preview_request(
        request, page.default_preview_mode, extra_request_attrs={"preview_until": link.expires_at}
    )
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Referrer-Policy"] = "no-referrer"  # the address is the key
    del response.headers["ETag"]
    response.set_cookie(
        f"{previews.COOKIE}{link.pk}",
        token,
        expires=link.expires_at,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return response


@never_cache
def links_of_page(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show the links of a page that are in force; POST makes one more."""
    page = get_object_or_404(Page, pk=page_id)
    if not may_share_draft(request.user, page):
        raise PermissionDenied
    if request.method == "POST":
        previews.share(page, user=request.user)
        messages.success(request, "Ссылка создана и действует семь дней. Её откроет любой, у кого она есть.")
        return redirect("preview_links", page.pk)
    rows = [
        {"link": link, "address": settings.SITE_URL + reverse("preview", args=[previews.token(link)])}
        for link in PreviewLink.objects.in_force().filter(page=page).select_related("created_by")
    ]
    context: dict[str, Any] = {"page_title": "Ссылки для просмотра", "page": page.specific, "rows": rows}
    return render(request, "desk/admin/preview_links.html", context)


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Close one link."""
    link = get_object_or_404(PreviewLink.objects.select_related("page"), pk=pk)
    previews.revoke(link, user=request.user)
    messages.success(request, "Ссылка отозвана: по ней больше ничего не откроется.")
    return redirect("preview_links", link.page_id)
