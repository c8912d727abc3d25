"""Who coordinates a municipality: assigned by the office, for good or for the days of a substitute."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from portal.accounts.rules import COORDINATORS
from portal.organisations import rules
from portal.organisations.domain import announcing
from portal.organisations.domain.journal import RefusedError, record
from portal.organisations.enums import PeopleAction
from portal.organisations.models import Coordination, Municipality


@transaction.atomic
def assign(
    user: Any, municipality: Municipality, *, actor: Any, since: dt.date | None = None, until: dt.date | None = None
) -> Coordination:
    """Let `user` coordinate the municipality from `since` (today) to `until`, the last day of a substitute.

    The person joins the group of coordinators, whose members need the second step of sign-in, and is told.
    Raises PermissionDenied, and RefusedError for days that end before they begin or for who coordinates it already.
    """
    if not rules.can_appoint(actor):
        raise PermissionDenied
    since = since or timezone.localdate()
    _check_days(since, until)
    Municipality.objects.select_for_update().get(pk=municipality.pk)
    if _lasting().filter(user=user, municipality=municipality).exists():
        raise RefusedError("Этот человек уже назначен координатором муниципалитета.")
    coordination = Coordination.objects.create(
        user=user, municipality=municipality, since=since, until=until, assigned_by=actor
    )
    user.groups.add(_group())
    rules.forget_standing(user)
    record(
        PeopleAction.COORDINATOR_ASSIGNED,
        actor=actor,
        municipality=municipality,
        user=user,
        target=_days(since, until),
    )
    announcing.coordinator_assigned(coordination)
    return coordination


@transaction.atomic
def change_days(coordination: Coordination, *, actor: Any, since: dt.date, until: dt.date | None) -> Coordination:
    """Move the days of an assignment. Raises PermissionDenied and RefusedError."""
    current = _changeable(coordination, actor)
    _check_days(since, until)
    former = _days(current.since, current.until)
    current.since, current.until = since, until
    current.save(update_fields=["since", "until"])
    rules.forget_standing(current.user)
    record(
        PeopleAction.COORDINATOR_CHANGED,
        actor=actor,
        municipality=current.municipality,
        user=current.user,
        source=former,
        target=_days(since, until),
    )
    return current


@transaction.atomic
def end(coordination: Coordination, *, actor: Any) -> Coordination:
    """Take the municipality from its coordinator at once. Raises PermissionDenied and RefusedError."""
    current = _changeable(coordination, actor)
    current.ended_at = timezone.now()
    current.save(update_fields=["ended_at"])
    rules.forget_standing(current.user)
    _leave_group(current.user)
    record(
        PeopleAction.COORDINATOR_ENDED,
        actor=actor,
        municipality=current.municipality,
        user=current.user,
        source=_days(current.since, current.until),
    )
    return current


def tidy_group() -> int:
    """Take out of the group those whose last day has passed; return how many. For the nightly job."""
    past = Coordination.objects.exclude(pk__in=_lasting()).values("user")
    people = [user for user in _group().user_set.filter(pk__in=past) if not _lasting().filter(user=user).exists()]
    for user in people:
        user.groups.remove(_group())
    return len(people)


def _lasting() -> Any:
    """Assignments of now and of later."""
    return Coordination.objects.filter(ended_at=None).filter(Q(until=None) | Q(until__gte=timezone.localdate()))


def _changeable(coordination: Coordination, actor: Any) -> Coordination:
    if not rules.can_appoint(actor):
        raise PermissionDenied
    rows = Coordination.objects.select_for_update(of=("self",)).select_related("user", "municipality")
    current = rows.get(pk=coordination.pk)
    if current.ended_at is not None:
        raise RefusedError("Этот координатор уже снят.")
    return current


def _check_days(since: dt.date, until: dt.date | None) -> None:
    if until is not None and until < since:
        raise RefusedError("Последний день замещения раньше первого.")


def _group() -> Group:
    return Group.objects.get_or_create(name=COORDINATORS)[0]


def _leave_group(user: Any) -> None:
    if not _lasting().filter(user=user).exists():
        user.groups.remove(_group())


def _days(since: dt.date, until: dt.date | None) -> str:
    return f"с {since:%d.%m.%Y}" + (f" по {until:%d.%m.%Y}" if until else "")
