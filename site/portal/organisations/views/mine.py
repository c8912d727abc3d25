"""«Организации и люди»: where a person belongs, what they asked for, and how to come in."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.core.listing import page_links
from portal.core.matching import matching
from portal.organisations import rules
from portal.organisations.domain import invitations, new_organisations, requests
from portal.organisations.domain.journal import RefusedError
from portal.organisations.enums import RequestState
from portal.organisations.models import Coordination, JoinRequest, Membership, Organisation, OrganisationRequest
from portal.organisations.people_forms import AskForm, FindForm, NewOrganisationForm
from portal.organisations.views.common import SECTION, attempt, private

PER_PAGE = 20
ANSWERS_SHOWN = timedelta(days=60)


@private
@require_safe
def my_organisations(request: HttpRequest) -> HttpResponse:
    """Show one's places, invitations and requests."""
    user = request.user
    recent = timezone.now() - ANSWERS_SHOWN
    memberships = Membership.objects.active().filter(user_id=str(user.pk))
    asked = JoinRequest.objects.filter(user_id=str(user.pk), made_at__gt=recent).select_related("organisation")
    wished = OrganisationRequest.objects.filter(user_id=str(user.pk), made_at__gt=recent)
    context = {
        "cabinet_section": SECTION,
        "memberships": memberships.select_related("organisation__municipality").order_by("organisation__name_sort"),
        "invitations": invitations.for_user(user),
        "asked": asked.exclude(state=RequestState.CONFIRMED).order_by("-made_at"),
        "wished": wished.exclude(state=RequestState.CONFIRMED).order_by("-made_at"),
        "coordinations": Coordination.objects.active().filter(user_id=str(user.pk)).select_related("municipality"),
    }
    return render(request, "organisations/cabinet/mine.html", context)


@private
@require_safe
def find_organisation(request: HttpRequest) -> HttpResponse:
    """Look an organisation up to ask for a place in it."""
    form = FindForm(request.GET)
    form.is_valid()
    query = form.cleaned_data["q"]
    found = Organisation.objects.filter(closed_on=None).select_related("municipality").order_by("name_sort", "pk")
    found = found.filter(matching(query, "name_match", "short_match", "inn")) if query else found.none()
    params = [("q", query)] if query else []
    total = found.count() if query else 0
    links = page_links(request.path, params, number=form.cleaned_data["page"], total=total, per_page=PER_PAGE)
    context = {
        "cabinet_section": SECTION,
        "query": query,
        "found": found[links.start : links.stop] if total else [],
        "own": rules.standing(request.user).organisations,
        "links": links,
    }
    return render(request, "organisations/cabinet/find.html", context)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for a place in an organisation."""
    organisation = get_object_or_404(Organisation.objects.select_related("municipality"), slug=slug)
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        verb = partial(requests.ask, organisation, user=request.user, **form.cleaned_data)
        if attempt(request, verb, "Запрос отправлен. Ответ придёт письмом."):
            return redirect("my_organisations")
    context = {"cabinet_section": SECTION, "organisation": organisation, "form": form}
    return render(request, "organisations/cabinet/ask.html", context)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def ask_for_new(request: HttpRequest) -> HttpResponse:
    """Ask to enter an organisation that the registry lacks; one that it has is offered instead."""
    form = NewOrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            new_organisations.ask_for(user=request.user, **form.cleaned_data)
        except new_organisations.KnownError as known:
            messages.info(request, str(known))
            return redirect(reverse("ask_organisation", args=[known.organisation.slug]))
        except (RefusedError, ValidationError) as refusal:
            form.add_error(None, refusal.messages if isinstance(refusal, ValidationError) else str(refusal))
        else:
            messages.success(request, "Просьба отправлена модератору. Ответ придёт письмом.")
            return redirect("my_organisations")
    context = {"cabinet_section": SECTION, "form": form}
    return render(request, "organisations/cabinet/new.html", context)


@private
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw one's own request."""
    asked = get_object_or_404(JoinRequest, pk=pk, user_id=str(request.user.pk))
    attempt(request, partial(requests.take_back, asked, user=request.user), "Запрос отозван.")
    return redirect("my_organisations")
