"""What pages of people in the cabinet share: they are private, and a stranger sees nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache

from portal.organisations import rules
from portal.organisations.domain.journal import RefusedError
from portal.organisations.models import Organisation

SECTION = "organisations"


def private(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Ask to sign in and let no cache keep the page."""
    return never_cache(login_required(view))


def attempt(request: HttpRequest, verb: Callable[[], object], done: str) -> bool:
    """Do what was asked and say so; say why not when the verb refuses. Raises Http404 for who may not ask at all."""
    try:
        verb()
    except RefusedError as refusal:
        messages.error(request, str(refusal))
        return False
    except PermissionDenied:
        raise Http404 from None
    messages.success(request, done)
    return True


def seen_organisation(user: Any, slug: str) -> Organisation:
    """Return an organisation whose people `user` may see; raises Http404 for others."""
    organisation = get_object_or_404(Organisation.objects.select_related("municipality"), slug=slug)
    if not rules.can_see_people(user, organisation):
        raise Http404
    return organisation


def managed_organisation(user: Any, slug: str) -> Organisation:
    """Return an organisation whose people `user` runs; raises Http404 for others."""
    organisation = seen_organisation(user, slug)
    if not rules.can_manage_people(user, organisation):
        raise Http404
    return organisation
