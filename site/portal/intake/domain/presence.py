"""Who has a draft open now."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from portal.intake.models import Presence

FRESH = timedelta(minutes=1)


def be_present(draft: str, step: str, user: Any) -> None:
    """Note that `user` has `step` of the draft open; `draft` names kind and public id. Two statements at most."""
    now = timezone.now()
    if not Presence.objects.filter(draft=draft, user=user).update(step=step, seen_at=now):
        Presence.objects.update_or_create(draft=draft, user=user, defaults={"step": step, "seen_at": now})


def leave(draft: str, user: Any) -> None:
    """Note that `user` has left the draft."""
    Presence.objects.filter(draft=draft, user=user).delete()


def others(draft: str, user: Any) -> list[tuple[str, str]]:
    """Return (name, key of the step) of everybody else who has the draft open; one query."""
    rows = (
        Presence.objects.filter(draft=draft, seen_at__gte=timezone.now() - FRESH)
        .exclude(user=user)
        .select_related("user")
        .order_by("pk")
    )
    return [(row.user.get_short_name(), row.step) for row in rows]
