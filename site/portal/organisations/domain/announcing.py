"""What people hear of their place in organisations: notices of the cabinet and letters, within the verb's transaction."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.urls import reverse

from portal.core.letters import queue_letter
from portal.core.moments import deadline
from portal.core.notify import tell
from portal.organisations.enums import MemberRole
from portal.organisations.models import (
    Coordination,
    Invitation,
    JoinRequest,
    Membership,
    Organisation,
    OrganisationRequest,
)


def people_url(organisation: Organisation) -> str:
    """Return the address of the people of an organisation."""
    return reverse("organisation_people", args=[organisation.slug])


def invited(invitation: Invitation, secret: str) -> None:
    """Send the one-time link to the mailbox, whether it has an account or not."""
    inviter = invitation.invited_by
    queue_letter(
        "organisation_invited",
        invitation.email,
        {
            "organisation": invitation.organisation.name,
            "role": _role(invitation.role),
            "inviter": str(inviter) if inviter else "",
            "until": deadline(invitation.expires_at),
            "link": settings.SITE_URL + reverse("invitation", args=[secret]),
        },
        secret=True,
    )


def invitation_accepted(invitation: Invitation, membership: Membership) -> None:
    """Tell who invited that the person came."""
    inviter = invitation.invited_by
    if inviter is not None:
        _tell(inviter, "organisation_invitation_accepted", membership, f"Приглашение принято: {membership.user}")


def requested(request: JoinRequest) -> None:
    """Tell the heads and the coordinators that somebody asks to come in."""
    organisation = request.organisation
    for person in deciders(organisation, besides=request.user):
        tell(
            person,
            "organisation_requested",
            {
                "name": person.get_short_name(),
                "person": str(request.user),
                "organisation": organisation.name,
                "role": _role(request.role),
                "until": deadline(request.due_at),
            },
            href=reverse("join_request", args=[organisation.slug, request.pk]),
            title=f"{request.user} просит доступ: {organisation}",
            dedupe_key=f"join-request:{request.pk}",
        )


def deciders(organisation: Organisation, *, besides: Any) -> Iterable[Any]:
    """Return open accounts of the heads of the organisation and of the coordinators of its municipality."""
    heads = Membership.objects.active().heads().filter(organisation=organisation)
    coordinators = Coordination.objects.active().filter(municipality=organisation.municipality_id)
    people = Q(pk__in=heads.values("user")) | Q(pk__in=coordinators.values("user"))
    return get_user_model().objects.filter(people, is_active=True).exclude(pk=besides.pk).order_by("pk")


def joined(membership: Membership) -> None:
    """Tell the person that the organisation is open to them."""
    _tell(membership.user, "organisation_joined", membership, f"Вам открыта организация: {membership.organisation}")


def role_changed(membership: Membership) -> None:
    """Tell the person of another role."""
    title = f"Ваша роль теперь «{membership.get_role_display()}»: {membership.organisation}"
    _tell(membership.user, "organisation_role_changed", membership, title)


def ended(membership: Membership) -> None:
    """Tell the person that the organisation is closed to them."""
    tell(
        membership.user,
        "organisation_ended",
        _words(membership.user, membership),
        href=reverse("my_organisations"),
        title=f"Доступ закрыт: {membership.organisation}",
    )


def request_refused(request: JoinRequest) -> None:
    """Tell the person why they were not let in."""
    tell(
        request.user,
        "organisation_request_refused",
        {
            "name": request.user.get_short_name(),
            "organisation": request.organisation.name,
            "answer": request.answer,
        },
        href=reverse("my_organisations"),
        title=f"Запрос отклонён: {request.organisation}",
    )


def organisation_refused(request: OrganisationRequest) -> None:
    """Tell the person why the organisation was not entered."""
    tell(
        request.user,
        "organisation_not_entered",
        {"name": request.user.get_short_name(), "organisation": request.name, "answer": request.answer},
        href=reverse("my_organisations"),
        title=f"Организация не внесена: {request.name}",
    )


def coordinator_assigned(coordination: Coordination) -> None:
    """Tell the person which municipality they coordinate."""
    municipality = coordination.municipality
    days = f"с {coordination.since:%d.%m.%Y}" + (
        f" по {coordination.until:%d.%m.%Y} включительно" if coordination.until else ""
    )
    tell(
        coordination.user,
        "coordinator_assigned",
        {"name": coordination.user.get_short_name(), "municipality": municipality.name, "days": days},
        href=reverse("municipality_people", args=[municipality.slug]),
        title=f"Вы координатор: {municipality}",
    )


def _tell(person: Any, kind: str, membership: Membership, title: str) -> None:
    tell(person, kind, _words(person, membership), href=people_url(membership.organisation), title=title)


def _words(person: Any, membership: Membership) -> dict[str, str]:
    return {
        "name": person.get_short_name(),
        "person": str(membership.user),
        "organisation": membership.organisation.name,
        "role": _role(membership.role),
    }


def _role(role: str) -> str:
    return MemberRole(role).label
