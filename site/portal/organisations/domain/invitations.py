"""Invitations: a secret link to a mailbox, answered by its owner alone."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from portal.core import limits
from portal.organisations import rules
from portal.organisations.domain import announcing
from portal.organisations.domain.journal import RefusedError, record
from portal.organisations.domain.people import ALREADY, CLOSED, admit, lock
from portal.organisations.enums import InvitationState, PeopleAction
from portal.organisations.models import Invitation, Membership, Organisation

VALID_FOR = timedelta(days=14)
SAME_PRESS = timedelta(minutes=1)
A_DAY = 24 * 3600
PER_ORGANISATION = 50  # a day: a kindergarten has fewer people
PER_MAILBOX = 5  # a day, from all organisations: nobody's mailbox is flooded by us
GONE = "Приглашение уже не действует: на него ответили, его отозвали или срок истёк. Попросите прислать новое."


@transaction.atomic
def invite(organisation: Organisation, email: str, role: str, *, actor: Any) -> Invitation:
    """Invite the owner of a mailbox; one who is invited already gets a new letter with a new term.

    The answer is the same whether the mailbox has an account or not. Raises PermissionDenied and RefusedError.
    """
    organisation = lock(organisation.pk)
    if not rules.can_manage_people(actor, organisation):
        raise PermissionDenied
    if not organisation.is_open:
        raise RefusedError(CLOSED)
    email = email.strip().lower()
    if Membership.objects.active().filter(organisation=organisation, user__email=email).exists():
        raise RefusedError(ALREADY)
    invitation = Invitation.objects.filter(
        organisation=organisation, email=email, state=InvitationState.PENDING
    ).first() or Invitation(organisation=organisation, email=email)
    action = PeopleAction.INVITED_AGAIN if invitation.pk else PeopleAction.INVITED
    if invitation.pk and invitation.is_open and invitation.role == role and _is_fresh(invitation):
        return invitation  # the same button pressed twice
    invitation.role = role
    return _send(invitation, action, actor=actor)


def _managed(invitation: Invitation, actor: Any) -> Invitation:
    """Return the invitation as it is now, its organisation locked, for who manages people there."""
    organisation = lock(invitation.organisation_id)
    if not rules.can_manage_people(actor, organisation):
        raise PermissionDenied
    current = Invitation.objects.get(pk=invitation.pk)
    if current.state != InvitationState.PENDING:
        raise RefusedError(GONE)
    current.organisation = organisation
    return current


@transaction.atomic
def resend(invitation: Invitation, *, actor: Any) -> Invitation:
    """Send the letter again with a new link and a new term; the former link dies. Raises as `invite` does."""
    current = _managed(invitation, actor)
    return _send(current, PeopleAction.INVITED_AGAIN, actor=actor)


@transaction.atomic
def withdraw(invitation: Invitation, *, actor: Any) -> Invitation:
    """Take an invitation back: its link dies at once. Raises PermissionDenied and RefusedError."""
    current = _managed(invitation, actor)
    return _close(current, InvitationState.WITHDRAWN, PeopleAction.INVITATION_WITHDRAWN, actor=actor)


@transaction.atomic
def accept(invitation: Invitation, *, user: Any) -> Membership:
    """Come into the organisation by an invitation to one's own confirmed mailbox.

    Raises PermissionDenied for another's mailbox and RefusedError for what cannot be answered any more.
    """
    organisation = lock(invitation.organisation_id)
    current = _answerable(invitation, user)
    _close(current, InvitationState.ACCEPTED, PeopleAction.INVITATION_ACCEPTED, actor=user, user=user)
    membership = admit(organisation, user, current.role, confirmed_by=current.invited_by)
    announcing.invitation_accepted(current, membership)
    return membership


@transaction.atomic
def refuse(invitation: Invitation, *, user: Any) -> Invitation:
    """Decline an invitation to one's own confirmed mailbox. Raises as `accept` does."""
    lock(invitation.organisation_id)
    current = _answerable(invitation, user)
    return _close(current, InvitationState.REFUSED, PeopleAction.INVITATION_REFUSED, actor=user, user=user)


def find(secret: str) -> Invitation | None:
    """Return the invitation that a link leads to, answered ones too; None for a made-up secret."""
    invitations = Invitation.objects.select_related("organisation__municipality", "invited_by")
    return invitations.filter(secret_hash=_hash(secret)).first()


def for_user(user: Any) -> QuerySet[Invitation]:
    """Return open invitations to the confirmed mailboxes of `user`."""
    mailboxes = user.emailaddress_set.filter(verified=True).values("email")
    return Invitation.objects.open().filter(email__in=mailboxes).select_related("organisation", "invited_by")


def is_to(invitation: Invitation, user: Any) -> bool:
    """Tell whether the invitation was sent to a confirmed mailbox of `user`."""
    return bool(user.emailaddress_set.filter(email=invitation.email, verified=True).exists())


def _answerable(invitation: Invitation, user: Any) -> Invitation:
    current = Invitation.objects.select_related("organisation", "invited_by").get(pk=invitation.pk)
    if not is_to(current, user):
        raise PermissionDenied
    if not current.is_open:
        raise RefusedError(GONE)
    return current


def _send(invitation: Invitation, action: PeopleAction, *, actor: Any) -> Invitation:
    _refuse_flood(invitation)
    secret = secrets.token_urlsafe(32)
    invitation.secret_hash = _hash(secret)
    invitation.invited_by = actor
    invitation.sent_at = timezone.now()
    invitation.expires_at = invitation.sent_at + VALID_FOR
    invitation.save()
    record(action, actor=actor, organisation=invitation.organisation, email=invitation.email, target=invitation.role)
    announcing.invited(invitation, secret)
    return invitation


def _is_fresh(invitation: Invitation) -> bool:
    return invitation.sent_at > timezone.now() - SAME_PRESS


def _refuse_flood(invitation: Invitation) -> None:
    counted = (
        ("invitation-of", str(invitation.organisation_id), PER_ORGANISATION),
        ("invitation-to", invitation.email, PER_MAILBOX),
    )
    for action, source, limit in counted:
        if not limits.hit(action, source, limit=limit, per_seconds=A_DAY):
            raise RefusedError("Сегодня приглашений отправлено слишком много. Повторите завтра.")


def _close(
    invitation: Invitation, state: InvitationState, action: PeopleAction, *, actor: Any, user: Any = None
) -> Invitation:
    former = invitation.shown_state
    invitation.state, invitation.answered_at = state, timezone.now()
    invitation.answered_by = user
    invitation.save(update_fields=["state", "answered_at", "answered_by"])
    record(
        action,
        actor=actor,
        organisation=invitation.organisation,
        user=user,
        email=invitation.email,
        source=former,
        target=state,
    )
    return invitation


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
