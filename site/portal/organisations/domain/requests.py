"""A person asks to belong to an organisation; its head, its МОУО or, failing them, the office decides."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from portal.core import limits
from portal.core.working_days import term
from portal.organisations import rules
from portal.organisations.domain import announcing
from portal.organisations.domain.journal import RefusedError, record
from portal.organisations.domain.people import CLOSED, admit, lock
from portal.organisations.enums import PeopleAction, RequestState
from portal.organisations.models import JoinRequest, Membership, Organisation

ANSWER_DAYS = 3  # working ones; then the moderator may decide
A_DAY = 24 * 3600
PER_PERSON = 10  # a day
DECIDED = "По этому запросу уже решили, или человек его отозвал."


@transaction.atomic
def ask(organisation: Organisation, role: str, *, user: Any, words: str = "") -> JoinRequest:
    """Ask to belong to an organisation; those who decide are told. A repeated request returns the first.

    Raises RefusedError for a closed organisation, for who belongs to it, and past PER_PERSON requests a day.
    """
    organisation = lock(organisation.pk)
    if not organisation.is_open:
        raise RefusedError(CLOSED)
    if Membership.objects.active().filter(user=user, organisation=organisation).exists():
        raise RefusedError("Вы уже состоите в этой организации.")
    waiting = JoinRequest.objects.pending().filter(user=user, organisation=organisation).first()
    if waiting is not None:
        return waiting
    refuse_flood(user)
    now = timezone.now()
    request = JoinRequest.objects.create(
        user=user,
        organisation=organisation,
        role=role,
        words=words,
        made_at=now,
        due_at=term(now, ANSWER_DAYS),
    )
    record(PeopleAction.REQUESTED, actor=user, organisation=organisation, user=user, target=role, comment=words)
    announcing.requested(request)
    return request


def refuse_flood(user: Any) -> None:
    """Raise RefusedError when `user` asked too often today."""
    if not limits.hit("join-request", str(user.pk), limit=PER_PERSON, per_seconds=A_DAY):
        raise RefusedError("Сегодня запросов отправлено слишком много. Повторите завтра.")


@transaction.atomic
def confirm(request: JoinRequest, *, actor: Any) -> Membership:
    """Let the person in. Raises PermissionDenied, and RefusedError for a request decided already."""
    organisation = lock(request.organisation_id)
    current = _decidable(request, actor)
    _decide(current, RequestState.CONFIRMED, PeopleAction.REQUEST_CONFIRMED, actor=actor)
    membership = admit(organisation, current.user, current.role, confirmed_by=actor)
    announcing.joined(membership)
    return membership


@transaction.atomic
def refuse(request: JoinRequest, words: str, *, actor: Any) -> JoinRequest:
    """Decline with words, which the person reads. Raises as `confirm` does."""
    lock(request.organisation_id)
    current = _decidable(request, actor)
    if not words.strip():
        raise RefusedError("Напишите, почему: человек прочтёт это в письме.")
    _decide(current, RequestState.REFUSED, PeopleAction.REQUEST_REFUSED, actor=actor, answer=words)
    announcing.request_refused(current)
    return current


@transaction.atomic
def take_back(request: JoinRequest, *, user: Any) -> JoinRequest:
    """Withdraw one's own request. Raises PermissionDenied and RefusedError."""
    lock(request.organisation_id)
    current = JoinRequest.objects.get(pk=request.pk)
    if current.user_id != user.pk:
        raise PermissionDenied
    if not current.is_pending:
        raise RefusedError(DECIDED)
    _decide(current, RequestState.WITHDRAWN, PeopleAction.REQUEST_WITHDRAWN, actor=user)
    return current


def to_decide(user: Any) -> QuerySet[JoinRequest]:
    """Return requests that wait for `user` as a head or as a coordinator, the nearest term first."""
    own = rules.standing(user)
    mine = Q(organisation__in=own.headed) | Q(organisation__municipality__in=own.municipalities)
    return JoinRequest.objects.pending().filter(mine).exclude(user=user).select_related("user", "organisation")


def _decidable(request: JoinRequest, actor: Any) -> JoinRequest:
    waiting = JoinRequest.objects.with_deciders().select_related("user", "organisation")
    current = waiting.get(pk=request.pk)
    if not current.is_pending:
        raise RefusedError(DECIDED)
    if not rules.can_decide(actor, current, has_decider=current.has_decider):
        raise PermissionDenied
    return current


def _decide(request: JoinRequest, state: RequestState, action: PeopleAction, *, actor: Any, answer: str = "") -> None:
    request.state, request.answer = state, answer
    request.decided_at, request.decided_by = timezone.now(), actor
    request.save(update_fields=["state", "answer", "decided_at", "decided_by"])
    record(
        action,
        actor=actor,
        organisation=request.organisation,
        user=request.user,
        source=RequestState.PENDING,
        target=request.role if state == RequestState.CONFIRMED else state,
        comment=answer,
    )
