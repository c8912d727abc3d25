"""Who a person is in the registry. Rules of other rooms ask here; rights follow a change on the next request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from portal.accounts import rules
from portal.organisations.enums import MemberRole

_KEPT = "_standing_in_registry"


@dataclass(frozen=True)
class Standing:
    """Ids of the organisations a person belongs to, of those headed, and of the municipalities coordinated."""

    organisations: frozenset[int] = frozenset()
    headed: frozenset[int] = frozenset()
    municipalities: frozenset[int] = frozenset()


def standing(user: Any) -> Standing:
    """Return who `user` is in the registry now: two queries, kept on the object, which lives for one request.

    Strangers and closed accounts stand nowhere.
    """
    if not user.is_authenticated or not user.is_active:
        return Standing()
    kept: Standing | None = user.__dict__.get(_KEPT)
    if kept is None:
        rows = list(user.memberships.active().values_list("organisation_id", "role"))
        kept = Standing(
            organisations=frozenset(pk for pk, _role in rows),
            headed=frozenset(pk for pk, role in rows if role == MemberRole.HEAD),
            municipalities=frozenset(user.coordinations.active().values_list("municipality_id", flat=True)),
        )
        user.__dict__[_KEPT] = kept
    return kept


def forget_standing(user: Any) -> None:
    """Read the standing of `user` anew next time: it has just been changed."""
    user.__dict__.pop(_KEPT, None)


def is_member(user: Any, organisation_id: int | None) -> bool:
    """Tell whether `user` belongs to the organisation, in whatever role."""
    return organisation_id in standing(user).organisations


def is_head(user: Any, organisation_id: int | None) -> bool:
    """Tell whether `user` heads the organisation."""
    return organisation_id in standing(user).headed


def coordinates(user: Any, municipality_id: int | None) -> bool:
    """Tell whether `user` coordinates the municipality today."""
    return municipality_id in standing(user).municipalities


def can_see_people(user: Any, organisation: Any) -> bool:
    """Tell whether `user` may see who belongs to the organisation: its people, its МОУО, the office."""
    return (
        is_member(user, organisation.pk) or coordinates(user, organisation.municipality_id) or rules.is_moderator(user)
    )


def can_manage_people(user: Any, organisation: Any) -> bool:
    """Tell whether `user` runs the people of the organisation in the cabinet: its head or its МОУО."""
    return is_head(user, organisation.pk) or coordinates(user, organisation.municipality_id)


def can_change_people(user: Any, organisation: Any) -> bool:
    """Tell whether `user` may close access and change roles: who runs the people, and the office."""
    return can_manage_people(user, organisation) or rules.is_moderator(user)


def can_leave_headless(user: Any, organisation: Any) -> bool:
    """Tell whether `user` may knowingly leave the organisation without a head: who stands above it."""
    return coordinates(user, organisation.municipality_id) or rules.is_moderator(user)


def can_decide(user: Any, request: Any, *, has_decider: bool) -> bool:
    """Tell whether `user` may decide on a request: the head and the МОУО always, never on one's own.

    The moderator where there is neither, or when they kept silent for three working days; an administrator always.
    """
    if not user.is_authenticated or request.user_id == user.pk or not request.is_pending:
        return False
    if can_manage_people(user, request.organisation) or user.is_superuser:
        return bool(user.is_active)
    return rules.is_moderator(user) and (request.is_overdue or not has_decider)


def can_appoint(user: Any) -> bool:
    """Tell whether `user` may give a role in any organisation or municipality: the office."""
    return rules.is_moderator(user)
