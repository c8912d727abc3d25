"""The people of one organisation: who is in, who is invited, who asks; and what its head and its МОУО do with them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.db.models import BooleanField, Case, QuerySet, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.core.listing import page_links
from portal.organisations import rules
from portal.organisations.domain import invitations, people, requests
from portal.organisations.enums import InvitationState, MemberRole
from portal.organisations.models import JoinRequest, Membership, Organisation
from portal.organisations.people_forms import FindForm, InviteForm, RefuseForm
from portal.organisations.views.common import SECTION, attempt, managed_organisation, private, seen_organisation

PER_PAGE = 50
HISTORY_SHOWN = 20


@private
@require_safe
def organisation_people(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the people; invitations, requests and history only to who runs them."""
    organisation = seen_organisation(request.user, slug)
    runs = rules.can_manage_people(request.user, organisation)
    members = organisation.memberships.active().select_related("user", "confirmed_by")
    form = FindForm(request.GET)
    form.is_valid()
    links = page_links(request.path, [], number=form.cleaned_data["page"], total=members.count(), per_page=PER_PAGE)
    context = {
        "cabinet_section": SECTION,
        "organisation": organisation,
        "runs": runs,
        "changes": rules.can_change_people(request.user, organisation),
        "is_member": rules.is_member(request.user, organisation.pk),
        "members": _heads_first(members)[links.start : links.stop],
        "links": links,
        "has_head": organisation.memberships.active().heads().exists(),
    }
    if runs:
        waiting = organisation.invitations.filter(state=InvitationState.PENDING)
        context["invitations"] = waiting.select_related("invited_by")
        context["requests"] = organisation.join_requests.pending().select_related("user")
        context["history"] = organisation.people_records.select_related("actor", "user")[:HISTORY_SHOWN]
        context["now"] = timezone.now()
    return render(request, "organisations/cabinet/people.html", context)


def _heads_first(members: QuerySet[Membership]) -> QuerySet[Membership]:
    heads = Case(When(role=MemberRole.HEAD, then=Value(True)), default=Value(False), output_field=BooleanField())
    return members.order_by(heads.desc(), "user__name_sort", "pk")


@private
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Send an invitation."""
    organisation = managed_organisation(request.user, slug)
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email, role = form.cleaned_data["email"], form.cleaned_data["role"]
        verb = partial(invitations.invite, organisation, email, role, actor=request.user)
        if attempt(request, verb, f"Приглашение отправлено на {email}. Оно действует 14 дней."):
            return redirect("organisation_people", slug)
    context = {"cabinet_section": SECTION, "organisation": organisation, "form": form}
    return render(request, "organisations/cabinet/invite.html", context)


@private
@require_POST
def change_invitation(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Send an invitation again or take it back."""
    organisation = managed_organisation(request.user, slug)
    found = get_object_or_404(organisation.invitations, pk=pk)
    if request.POST.get("action") == "resend":
        verb = partial(invitations.resend, found, actor=request.user)
        attempt(request, verb, f"Письмо на {found.email} отправлено снова, прежняя ссылка больше не действует.")
    elif request.POST.get("action") == "withdraw":
        attempt(request, partial(invitations.withdraw, found, actor=request.user), "Приглашение отозвано.")
    return redirect("organisation_people", slug)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def join_request(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show a request; confirm it, or refuse it with words."""
    organisation = managed_organisation(request.user, slug)
    asked = get_object_or_404(
        JoinRequest.objects.select_related("user", "decided_by"), organisation=organisation, pk=pk
    )
    asked.organisation = organisation
    refusing = request.method == "POST" and request.POST.get("action") == "refuse"
    form = RefuseForm(request.POST if refusing else None)
    if request.method == "POST" and request.POST.get("action") == "confirm":
        attempt(request, partial(requests.confirm, asked, actor=request.user), f"{asked.user} теперь в организации.")
        return redirect("organisation_people", slug)
    if refusing and form.is_valid():
        verb = partial(requests.refuse, asked, form.cleaned_data["answer"], actor=request.user)
        attempt(request, verb, "Запрос отклонён, человек получит письмо с вашим пояснением.")
        return redirect("organisation_people", slug)
    context = {
        "cabinet_section": SECTION,
        "organisation": organisation,
        "asked": asked,
        "form": form,
        "may_decide": rules.can_decide(request.user, asked, has_decider=True),
    }
    return render(request, "organisations/cabinet/request.html", context)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def member(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One person of the organisation: another role, the headship, closing access; for oneself, leaving."""
    organisation = seen_organisation(request.user, slug)
    membership = get_object_or_404(Membership.objects.active().select_related("user"), organisation=organisation, pk=pk)
    is_self = membership.user_id == request.user.pk
    if not is_self and not rules.can_change_people(request.user, organisation):
        raise Http404
    if request.method == "POST":
        return _change_member(request, organisation, membership)
    context = {
        "cabinet_section": SECTION,
        "organisation": organisation,
        "membership": membership,
        "is_self": is_self,
        "changes": rules.can_change_people(request.user, organisation),
        "hands_over": not is_self and rules.is_head(request.user, organisation.pk),
        "is_last_head": membership.role == MemberRole.HEAD
        and not organisation.memberships.active().heads().exclude(pk=membership.pk).exists(),
        "may_leave_headless": rules.can_leave_headless(request.user, organisation),
    }
    return render(request, "organisations/cabinet/member.html", context)


def _change_member(request: HttpRequest, organisation: Organisation, membership: Membership) -> HttpResponse:
    actor, person = request.user, membership.user
    headless = request.POST.get("leave_headless") == "on"
    verbs: dict[str, tuple[Callable[[], object], str]] = {
        "head": (partial(people.change_role, membership, MemberRole.HEAD, actor=actor), f"{person}: руководитель."),
        "author": (partial(people.change_role, membership, MemberRole.AUTHOR, actor=actor), f"{person}: автор."),
        "hand_over": (partial(people.hand_over, membership, actor=actor), f"Руководство передано: {person}."),
        "end": (
            partial(people.end, membership, actor=actor, leave_headless=headless),
            f"Доступ закрыт: {person}. Сделанное осталось в организации.",
        ),
    }
    action = request.POST.get("action", "")
    if action not in verbs:
        raise Http404
    done = attempt(request, *verbs[action])
    if not done:
        return redirect("organisation_member", organisation.slug, membership.pk)
    if rules.can_see_people(actor, organisation):
        return redirect("organisation_people", organisation.slug)
    return redirect(reverse("my_organisations"))
