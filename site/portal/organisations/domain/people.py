"""The people of an organisation: who comes, who leaves, who heads. Every verb locks, checks, acts and writes history."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from portal.accounts.sessions import end_sessions
from portal.organisations import rules
from portal.organisations.domain import announcing
from portal.organisations.domain.journal import RefusedError, record
from portal.organisations.enums import InvitationState, MemberRole, PeopleAction, RequestState
from portal.organisations.models import Invitation, JoinRequest, Membership, Organisation

LAST_HEAD = (
    "Это единственный руководитель организации: без него некому подтверждать отправку и вести людей. "
    "Сначала передайте руководство другому человеку организации."
)
ALREADY = "Этот человек уже состоит в организации."
CLOSED = "Организация закрыта: новых людей в неё не принимают."


def lock(organisation_id: int) -> Organisation:
    """Return the organisation with its row locked: changes of its people go one after another."""
    return Organisation.objects.select_for_update().get(pk=organisation_id)


def admit(organisation: Organisation, user: Any, role: str, *, confirmed_by: Any) -> Membership:
    """Make `user` one of the people of a locked organisation; open invitations and requests of theirs are closed.

    For verbs that have checked who may. Raises RefusedError for a closed organisation and for who is in already.
    """
    if not organisation.is_open:
        raise RefusedError(CLOSED)
    if Membership.objects.active().filter(user=user, organisation=organisation).exists():
        raise RefusedError(ALREADY)
    membership = Membership.objects.create(user=user, organisation=organisation, role=role, confirmed_by=confirmed_by)
    now = timezone.now()
    JoinRequest.objects.pending().filter(user=user, organisation=organisation).update(
        state=RequestState.CONFIRMED, decided_at=now, decided_by=confirmed_by
    )
    mailboxes = user.emailaddress_set.filter(verified=True).values("email")
    Invitation.objects.filter(organisation=organisation, email__in=mailboxes, state=InvitationState.PENDING).update(
        state=InvitationState.ACCEPTED, answered_at=now, answered_by=user
    )
    rules.forget_standing(user)
    return membership


@transaction.atomic
def appoint(organisation: Organisation, user: Any, role: str, *, actor: Any, comment: str = "") -> Membership:
    """Give a person a role in an organisation by the office: a new member, or another role of a member.

    Sends the person a notice. Raises PermissionDenied and RefusedError.
    """
    if not rules.can_appoint(actor):
        raise PermissionDenied
    organisation = lock(organisation.pk)
    current = Membership.objects.active().filter(user=user, organisation=organisation).first()
    if current is not None:
        return change_role(current, role, actor=actor)
    membership = admit(organisation, user, role, confirmed_by=actor)
    record(PeopleAction.APPOINTED, actor=actor, organisation=organisation, user=user, target=role, comment=comment)
    announcing.joined(membership)
    return membership


@transaction.atomic
def change_role(membership: Membership, role: str, *, actor: Any) -> Membership:
    """Make a member a head or an author. Raises PermissionDenied, and RefusedError for the last head."""
    organisation = lock(membership.organisation_id)
    current = _active(membership)
    if not rules.can_change_people(actor, organisation):
        raise PermissionDenied
    if current.role == role:
        return current
    if current.role == MemberRole.HEAD and _is_last_head(current):
        raise RefusedError(LAST_HEAD)
    return _set_role(current, organisation, MemberRole(role), actor=actor)


@transaction.atomic
def hand_over(membership: Membership, *, actor: Any) -> Membership:
    """Make a member the head in place of `actor`, who stays as an author. Raises PermissionDenied and RefusedError."""
    organisation = lock(membership.organisation_id)
    successor = _active(membership)
    own = Membership.objects.active().heads().filter(user=actor, organisation=organisation).first()
    if own is None or not rules.is_head(actor, organisation.pk):
        raise PermissionDenied
    if own.pk == successor.pk:
        raise RefusedError("Руководство и так у вас.")
    if successor.role != MemberRole.HEAD:
        _set_role(successor, organisation, MemberRole.HEAD, actor=actor)
    _set_role(own, organisation, MemberRole.AUTHOR, actor=actor)
    return successor


@transaction.atomic
def end(membership: Membership, *, actor: Any, comment: str = "", leave_headless: bool = False) -> Membership:
    """Close a member's access at once: the role ends, sessions too; work stays with the organisation.

    Ending one's own is leaving. The last head goes only when who stands above the organisation says so with
    `leave_headless`. Sends the person a notice. Raises PermissionDenied and RefusedError.
    """
    organisation = lock(membership.organisation_id)
    current = _active(membership)
    leaves = current.user_id == actor.pk
    if not leaves and not rules.can_change_people(actor, organisation):
        raise PermissionDenied
    knowingly = leave_headless and rules.can_leave_headless(actor, organisation)
    if current.role == MemberRole.HEAD and not knowingly and _is_last_head(current):
        raise RefusedError(LAST_HEAD)
    current.ended_at, current.ended_by = timezone.now(), actor
    current.save(update_fields=["ended_at", "ended_by"])
    record(
        PeopleAction.LEFT if leaves else PeopleAction.ENDED,
        actor=actor,
        organisation=organisation,
        user=current.user,
        source=current.role,
        comment=comment,
    )
    rules.forget_standing(current.user)
    rules.forget_standing(actor)
    if not leaves:
        end_sessions(current.user)
        announcing.ended(current)
    return current


def _active(membership: Membership) -> Membership:
    """Return the membership as it is now under the lock of its organisation; raises RefusedError when it has ended."""
    current = Membership.objects.active().select_related("user", "organisation").filter(pk=membership.pk).first()
    if current is None:
        raise RefusedError("Этот человек уже не состоит в организации.")
    return current


def _is_last_head(membership: Membership) -> bool:
    heads = Membership.objects.active().heads().filter(organisation=membership.organisation_id, user__is_active=True)
    return not heads.exclude(pk=membership.pk).exists()


def _set_role(membership: Membership, organisation: Organisation, role: MemberRole, *, actor: Any) -> Membership:
    former, membership.role = membership.role, role
    membership.save(update_fields=["role"])
    record(
        PeopleAction.ROLE_CHANGED,
        actor=actor,
        organisation=organisation,
        user=membership.user,
        source=former,
        target=role,
    )
    rules.forget_standing(membership.user)
    rules.forget_standing(actor)
    if membership.user_id != actor.pk:
        announcing.role_changed(membership)
    return membership
