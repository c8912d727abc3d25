"""«Войти как этот пользователь»: an administrator sees the portal as a person does, for an hour, and it is recorded.

The session of the administrator gives way to one of the person that knows its row of the journal. Every request that
asks who is there checks the row again: the hour, the administrator's rights and the person's.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest
from django.middleware.csrf import rotate_token
from django.utils import timezone

from portal.accounts.models import ActingPeriod, User
from portal.accounts.rules import may_work_as
from portal.core import acting

LASTS = timedelta(hours=1)
PERIOD = "acting_period"


def begin(request: HttpRequest, person: User) -> ActingPeriod:
    """Let the signed-in administrator work as `person` from now on and record it.

    Raises PermissionDenied when the rule `may_work_as` does not allow it.
    """
    with transaction.atomic():
        people = User.objects.select_for_update().in_bulk([request.user.pk, person.pk])
        administrator, person = people[request.user.pk], people[person.pk]
        if is_acting(request.user) or not may_work_as(administrator, person):
            raise PermissionDenied
        now = timezone.now()
        period = ActingPeriod.objects.create(
            administrator=administrator,
            person=person,
            began_at=now,
            ends_by=now + LASTS,
            address=request.client_address,  # type: ignore[attr-defined]
        )
    _seat(request, person, period)
    return period


def give_back(request: HttpRequest) -> User:
    """End the work as somebody else, return the session to the administrator and say as whom it was.

    Raises PermissionDenied when nobody works as somebody else here.
    """
    period = getattr(request.user, "acting_period", None)
    if period is None:
        raise PermissionDenied
    _finish(period)
    _seat(request, period.administrator)
    return period.person


def is_acting(user: Any) -> bool:
    """Tell whether an administrator works in the name of this signed-in account now."""
    return getattr(user, "acting_period", None) is not None


def person_in(request: HttpRequest) -> User | AnonymousUser:
    """Return who is signed in; one whose period of acting is over is signed out."""
    user = get_user(request)
    number = request.session.get(PERIOD) if user.is_authenticated else None
    if number is None:
        return user
    period = ActingPeriod.objects.select_related("administrator", "person").filter(pk=number).first()
    if period is None or not _holds(period, user):
        if period is not None:
            _finish(period)
        request.session.flush()
        return AnonymousUser()
    user.acting_period = period  # type: ignore[union-attr]
    acting.switch(True)
    return user


def signed_out(request: HttpRequest) -> None:
    """Record that the person was signed out before the administrator came back to the own account."""
    number = request.session.get(PERIOD)
    if number is not None:
        _finish(ActingPeriod(pk=number))


def _holds(period: ActingPeriod, user: Any) -> bool:
    in_time = period.ended_at is None and timezone.now() < period.ends_by
    return in_time and period.person_id == user.pk and may_work_as(period.administrator, user)


def _finish(period: ActingPeriod) -> None:
    now = timezone.now()
    unfinished = ActingPeriod.objects.filter(pk=period.pk, ended_at=None)
    if not unfinished.filter(ends_by__gt=now).update(ended_at=now):
        for row in unfinished:
            ActingPeriod.objects.filter(pk=row.pk).update(ended_at=row.ends_by)


def _seat(request: HttpRequest, user: User, period: ActingPeriod | None = None) -> None:
    """Give the browser a new session of `user`.

    As django.contrib.auth.login, but silent: nobody has signed in, so «последний вход» stays what it was.
    """
    backend = request.session[BACKEND_SESSION_KEY]
    request.session.flush()
    request.session[SESSION_KEY] = str(user.pk)
    request.session[BACKEND_SESSION_KEY] = backend
    request.session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    if period is not None:
        request.session[PERIOD] = period.pk
    request.user = user
    acting.switch(period is not None)
    rotate_token(request)
