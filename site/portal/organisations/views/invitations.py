"""An invitation as its receiver sees it: by the secret link of the letter, or in the cabinet."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from portal.organisations.domain import invitations
from portal.organisations.models import Invitation
from portal.organisations.views.common import SECTION, attempt, private


@never_cache
@require_safe
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Lead the owner of the mailbox to the answer, tell a stranger to sign in, say when the link is dead.

    The page of a made-up link and that of a dead one are the same.
    """
    found = invitations.find(secret)
    if found is not None and request.user.is_authenticated and _is_own(request, found):
        return redirect("own_invitation", found.pk)
    is_open = found is not None and found.is_open
    context = {"invitation": found if is_open else None, "next": request.path}
    return render(request, "organisations/invitation.html", context, status=200 if is_open else 404)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def own_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept or refuse an invitation to one's own confirmed mailbox."""
    found = get_object_or_404(Invitation.objects.select_related("organisation__municipality", "invited_by"), pk=pk)
    if not _is_own(request, found):
        raise Http404
    if request.method == "POST":
        return _answer(request, found)
    return render(request, "organisations/cabinet/invitation.html", {"cabinet_section": SECTION, "invitation": found})


def _answer(request: HttpRequest, found: Invitation) -> HttpResponse:
    if request.POST.get("answer") == "accept":
        organisation = found.organisation
        verb = partial(invitations.accept, found, user=request.user)
        if attempt(request, verb, f"Вы теперь в организации «{organisation}»."):
            return redirect(reverse("organisation_people", args=[organisation.slug]))
    elif request.POST.get("answer") == "refuse":
        attempt(request, partial(invitations.refuse, found, user=request.user), "Приглашение отклонено.")
    return redirect("my_organisations")


def _is_own(request: HttpRequest, found: Invitation) -> bool:
    return request.user.is_authenticated and invitations.is_to(found, request.user)
