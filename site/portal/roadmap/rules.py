"""Who may do what with a plan; asked by verbs, views and templates alike."""

from __future__ import annotations

from typing import Any

# Gives the way into the admin to whoever is named on a plan or an item; kept in step by `domain.owners`.
OWNERS = "Ответственные за план"


def can_run_plan(user: Any, plan: Any) -> bool:
    """Tell whether `user` answers for the whole plan: its owner or an administrator."""
    return bool(user.is_active and (user.is_superuser or (user.pk and plan.owner_user_id == user.pk)))


def can_run_item(user: Any, item: Any) -> bool:
    """Tell whether `user` answers for the item: named on it, or running its plan."""
    if user.is_active and user.pk and item.responsible_user_id == user.pk:
        return True
    return can_run_plan(user, item.plan)


def can_arrange_plans(user: Any) -> bool:
    """Tell whether `user` may copy plans, name their owners and change the words of items: administrators."""
    return bool(user.is_active and user.is_superuser)


def runs_something(user: Any) -> bool:
    """Tell whether «Моя дорожная карта» is for `user`."""
    if not user.is_active or not user.pk:
        return False
    return bool(user.is_superuser or user.owned_plans.exists() or user.owned_items.exists())
