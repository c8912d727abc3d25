"""The page with both texts, shown in place of a save that would overwrite somebody's."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from wagtail.admin.utils import get_user_display_name
from wagtail.models import Page

from portal.desk.domain import conflicts

# Fields of the form that tell over which version it was filled.
_VERSION = ("loaded_revision_id", "loaded_revision_created_at", "overwrite_revision_id")
_OWN = ("csrfmiddlewaretoken", "conflict", *_VERSION)
FIELD = "conflict-take-"


def settle(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Answer a manual save over a version that the person has not seen; hook `before_edit_page`.

    Nothing is saved until the person chooses. An autosave is answered by Wagtail itself.
    """
    if request.method != "POST" or not request.accepts("text/html") or page.alias_of_id:
        return None
    newer = conflicts.newer_version(page, request.POST)
    if newer is not None:
        return _ask(request, page, newer)
    choice = request.POST.get("conflict")
    return _carry_out(request, page, choice) if choice in {"merge", "theirs"} else None


def _ask(request: HttpRequest, page: Page, newer: conflicts.Version) -> HttpResponse:
    mine, valid = conflicts.written(page, request.POST, user=request.user)
    base = conflicts.beginning(page, request.POST)
    author = newer.revision.user
    own = author == request.user
    context: dict[str, Any] = {
        "page": page,
        "who": "вы сами" if own else get_user_display_name(author) if author else "другой человек",
        "at": timezone.localtime(newer.revision.created_at),
        "own": own,
        "differences": conflicts.differences(mine, newer.page, base=base),
        "may_choose": valid,
        "sent": [(name, value) for name, values in request.POST.lists() if _is_kept(name) for value in values],
        "revision": newer.revision,
        "created_at": newer.revision.created_at.isoformat(),
        "field": FIELD,
    }
    return render(request, "desk/admin/conflict.html", context, status=409)


def _is_kept(name: str) -> bool:
    return name not in _OWN and not name.startswith(FIELD)


def _carry_out(request: HttpRequest, page: Page, choice: str) -> HttpResponse | None:
    mine, valid = conflicts.written(page, request.POST, user=request.user)
    locked = page.get_lock()
    if not valid or (locked is not None and locked.for_user(request.user)):
        return None  # Wagtail says what is wrong and keeps the text in the form
    latest = Page.objects.get(pk=page.pk).get_latest_revision()
    theirs = conflicts.Version(latest, latest.as_object())
    if choice == "theirs":
        conflicts.leave_theirs(mine, theirs, user=request.user)
        messages.success(request, "Оставлена сохранённая версия. Ваш текст лежит в истории страницы.")
    else:
        taken = {
            name.removeprefix(FIELD)
            for name, value in request.POST.items()
            if name.startswith(FIELD) and value == conflicts.THEIRS
        }
        conflicts.merge(mine, theirs.page, take_theirs=taken, user=request.user)
        messages.success(
            request, "Версии собраны в одну. Обе прежние лежат в истории страницы. Проверьте и опубликуйте."
        )
    return redirect("wagtailadmin_pages:edit", page.pk)
