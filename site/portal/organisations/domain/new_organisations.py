"""An organisation that the registry lacks: asked for by ИНН, entered by the office together with its first person."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from portal.core.working_days import term
from portal.organisations import rules
from portal.organisations.domain import announcing
from portal.organisations.domain.journal import RefusedError, record
from portal.organisations.domain.people import admit, lock
from portal.organisations.domain.requests import ANSWER_DAYS, DECIDED, refuse_flood
from portal.organisations.enums import PeopleAction, RequestState
from portal.organisations.inn import validate_inn
from portal.organisations.models import Membership, Municipality, Organisation, OrganisationRequest


class KnownError(RefusedError):
    """The registry has this ИНН: the person is offered that organisation."""

    def __init__(self, organisation: Organisation) -> None:
        super().__init__(f"Организация с этим ИНН уже есть: «{organisation}». Отправьте запрос на участие в ней.")
        self.organisation = organisation


@transaction.atomic
def ask_for(
    *,
    user: Any,
    inn: str,
    name: str,
    municipality: Municipality,
    settlement: str = "",
    role: str,
    words: str = "",
) -> OrganisationRequest:
    """Ask to enter an organisation; a repeated request of one ИНН returns the first.

    Raises ValidationError for a wrong ИНН, KnownError when the registry has it, RefusedError past the daily limit.
    """
    validate_inn(inn)
    known = Organisation.objects.filter(inn=inn).first()
    if known is not None:
        raise KnownError(known)
    waiting = OrganisationRequest.objects.pending().filter(user=user, inn=inn).first()
    if waiting is not None:
        return waiting
    refuse_flood(user)
    now = timezone.now()
    request = OrganisationRequest.objects.create(
        user=user,
        inn=inn,
        name=name,
        municipality=municipality,
        settlement=settlement,
        role=role,
        words=words,
        made_at=now,
        due_at=term(now, ANSWER_DAYS),
    )
    record(
        PeopleAction.ORGANISATION_REQUESTED,
        actor=user,
        municipality=municipality,
        user=user,
        target=inn,
        comment=f"{name}. {words}".strip(),
    )
    return request


@transaction.atomic
def enter(request: OrganisationRequest, organisation: Organisation, *, actor: Any) -> Membership:
    """Enter the organisation (a new object, or one that the registry got meanwhile) and let its person in.

    Raises PermissionDenied, RefusedError for a decided request, ValidationError for wrong data of a new organisation.
    """
    current = _decidable(request, actor)
    if organisation.pk is None:
        organisation.full_clean()
        organisation.save()
    organisation = lock(organisation.pk)
    current.organisation = organisation
    _decide(current, RequestState.CONFIRMED, PeopleAction.ORGANISATION_CREATED, actor=actor)
    member = Membership.objects.active().filter(user=current.user, organisation=organisation).first()
    if member is not None:
        return member
    member = admit(organisation, current.user, current.role, confirmed_by=actor)
    announcing.joined(member)
    return member


@transaction.atomic
def decline(request: OrganisationRequest, words: str, *, actor: Any) -> OrganisationRequest:
    """Refuse to enter the organisation, with words for the person. Raises as `enter` does."""
    current = _decidable(request, actor)
    if not words.strip():
        raise RefusedError("Напишите, почему: человек прочтёт это в письме.")
    current.answer = words
    _decide(current, RequestState.REFUSED, PeopleAction.ORGANISATION_REFUSED, actor=actor)
    announcing.organisation_refused(current)
    return current


def _decidable(request: OrganisationRequest, actor: Any) -> OrganisationRequest:
    if not rules.can_appoint(actor) or request.user_id == actor.pk:
        raise PermissionDenied
    current = (
        OrganisationRequest.objects.select_for_update(of=("self",))
        .select_related("user", "municipality")
        .get(pk=request.pk)
    )
    if not current.is_pending:
        raise RefusedError(DECIDED)
    return current


def _decide(request: OrganisationRequest, state: RequestState, action: PeopleAction, *, actor: Any) -> None:
    request.state = state
    request.decided_at, request.decided_by = timezone.now(), actor
    request.save(update_fields=["state", "answer", "decided_at", "decided_by", "organisation"])
    record(
        action,
        actor=actor,
        organisation=request.organisation,
        municipality=request.municipality,
        user=request.user,
        source=request.inn,
        target=request.role if state == RequestState.CONFIRMED else state,
        comment=request.answer,
    )
