"""Who counts as staff and what is asked of them."""

from __future__ import annotations

from typing import Any

from allauth.mfa.utils import is_mfa_enabled

# Groups whose members work with other people's data; `setup_portal` makes them.
MODERATORS = "Модераторы"
COORDINATORS = "Координаторы"
STAFF_GROUPS = frozenset(
    {"Редакторы", "Редакторы новостей и событий", "Редакторы банка практик", MODERATORS, COORDINATORS}
)


def is_staff(user: Any) -> bool:
    """Tell whether the person works in the admin."""
    return bool(user.is_authenticated and user.has_perm("wagtailadmin.access_admin"))


def may_work_as(administrator: Any, person: Any) -> bool:
    """Tell whether an administrator may work as the person: never as another administrator, never as a closed account."""
    if administrator is None or not (administrator.is_active and administrator.is_superuser):
        return False
    return bool(person.is_active and not person.is_superuser and person.pk != administrator.pk)


def must_have_second_factor(user: Any) -> bool:
    """Tell whether the role of the person asks for a second step of sign-in."""
    if not user.is_authenticated:
        return False
    return bool(user.is_superuser or is_staff(user) or user.groups.filter(name__in=STAFF_GROUPS).exists())


def has_second_factor(user: Any) -> bool:
    """Tell whether the person has an authenticator app connected."""
    return bool(is_mfa_enabled(user, ["totp"]))


def is_moderator(user: Any) -> bool:
    """Tell whether the person works in the office that receives applications; administrators may do the same."""
    if not user.is_authenticated or not user.is_active:
        return False
    if user.is_superuser:
        return True
    kept: bool | None = user.__dict__.get("_is_moderator")
    if kept is None:
        kept = user.groups.filter(name=MODERATORS).exists()
        user.__dict__["_is_moderator"] = kept  # the object lives for one request
    return kept
