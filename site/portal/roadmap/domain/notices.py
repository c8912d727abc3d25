"""Letters to those who answer for items; where nobody is named, to the moderators (DESIGN §6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.urls import reverse

from portal.accounts.rules import MODERATORS
from portal.core import letters
from portal.roadmap.models import Fact, PlanItem

MOST_LINES = 30


def recipients(items: Iterable[PlanItem]) -> dict[int, list[str]]:
    """Return the addresses to tell of each item: its own person, else the plan's owner, else the moderators."""
    items = list(items)
    wanted = {user for item in items for user in (item.responsible_user_id, item.plan.owner_user_id) if user}
    active = get_user_model().objects.filter(is_active=True)
    addresses = dict(active.filter(pk__in=wanted).values_list("pk", "email"))
    office: list[str] | None = None
    found: dict[int, list[str]] = {}
    for item in items:
        named = [addresses[user] for user in (item.responsible_user_id, item.plan.owner_user_id) if user in addresses]
        if not named and office is None:
            office = list(_moderators(active).values_list("email", flat=True))
        found[item.pk] = named[:1] or office or []
    return found


def _moderators(active: QuerySet[Any]) -> QuerySet[Any]:
    return active.filter(groups__name=MODERATORS).order_by("pk")


def tell_withdrawn(facts: Sequence[Fact]) -> None:
    """Write that confirmed facts were taken down and count no more: one letter to a person."""
    lines = {
        fact.pk: f"- пункт {fact.item}: «{fact.title}», {fact.on:%d.%m.%Y}, засчитывалось {fact.amount}"
        for fact in facts
    }
    _send("roadmap_withdrawn", [(fact.item, lines[fact.pk]) for fact in facts])


def tell_overdue(items: Sequence[PlanItem], words: Mapping[int, str]) -> None:
    """Write that the term of `items` is over and they are not done: one letter to a person."""
    _send("roadmap_overdue", [(item, f"- пункт {item}: {words[item.pk]}") for item in items])


def _send(kind: str, lines: Sequence[tuple[PlanItem, str]]) -> None:
    told = recipients({item.pk: item for item, _line in lines}.values())
    letters_of: dict[str, list[str]] = {}
    for item, line in lines:
        for address in told[item.pk]:
            letters_of.setdefault(address, []).append(line)
    link = settings.SITE_URL.rstrip("/") + reverse("my_roadmap")
    for address, own in sorted(letters_of.items()):
        rest = len(own) - MOST_LINES
        shown = own[:MOST_LINES] + ([f"- и ещё {rest}"] if rest > 0 else [])
        letters.queue_letter(kind, address, {"items": "\n".join(shown), "link": link})
