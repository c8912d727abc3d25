"""«Где я вошёл»: one's own sign-ins, and ending one or all the others."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.sessions import device, end_session, end_sessions, own_sessions, see
from portal.core import acting
from portal.core.listing import plural


@never_cache
@require_safe
@login_required
def my_sessions(request: HttpRequest) -> HttpResponse:
    """List the devices: what, from what address, when last seen; this one is marked."""
    see(request)
    key = request.session.session_key
    rows = [
        {"session": row, "device": device(row.user_agent), "is_this": row.session_key == key}
        for row in own_sessions(request.user)
    ]
    context = {"cabinet_section": "account", "sessions": sorted(rows, key=lambda row: not row["is_this"])}
    return render(request, "cabinet/sessions.html", context)


@never_cache
@require_POST
@login_required
def end_one(request: HttpRequest, pk: int) -> HttpResponse:
    """End one sign-in of one's own; this one too, which is signing out."""
    acting.refuse()
    if not end_session(request.user, pk):
        raise Http404
    messages.success(request, "Сеанс завершён: на том устройстве нужно войти заново.")
    return redirect("my_sessions")


@never_cache
@require_POST
@login_required
def end_others(request: HttpRequest) -> HttpResponse:
    """End every sign-in but this one."""
    acting.refuse()
    ended = end_sessions(request.user, keep=request.session.session_key)
    words = f"{ended} {plural(ended, 'сеанс', 'сеанса', 'сеансов')}"
    messages.success(request, f"Завершено: {words}." if ended else "Других сеансов не было.")
    return redirect("my_sessions")
