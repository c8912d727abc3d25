"""Making accounts other than by signing up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction

from portal.accounts.models import User


def make_account(email: str, password: str | None = None, *, groups: Iterable[str] = (), **fields: Any) -> User:
    """Return a new account with a confirmed mailbox and membership of the named groups, which must exist.

    `fields` are fields of User (names, position, is_superuser, is_demo). Raises Group.DoesNotExist for an unknown group
    and IntegrityError for a mailbox that has an account.
    """
    with transaction.atomic():
        user = User.objects.create_user(email, password, **fields)
        user.confirm_email()
        for name in groups:
            user.groups.add(Group.objects.get(name=name))
    return user
