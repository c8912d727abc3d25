"""Letters to those who answer for items; where nobody is named, to the moderators (DESIGN §6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.urls import reverse

from portal.accounts.rules import MODERATORS
from portal.core import notify
from portal.core.listing import plural
from portal.roadmap.models import Fact, PlanItem

MOST_LINES = 30


def recipients(items: Iterable[PlanItem]) -> dict[int, list[Any]]:
    """Return whom to tell of each item: its own person, else the plan's owner, else the moderators."""
    items = list(items)
    wanted = {user for item in items for user in (item.responsible_user_id, item.plan.owner_user_id) if user}
    active = get_user_model().objects.filter(is_active=True)
    people = active.in_bulk(wanted)
    office: list[Any] | None = None
    found: dict[int, list[Any]] = {}
    for item in items:
        named = [people[user] for user in (item.responsible_user_id, item.plan.owner_user_id) if user in people]
        if not named and office is None:
            office = list(_moderators(active))
        found[item.pk] = named[:1] or office or []
    return found


def _moderators(active: QuerySet[Any]) -> QuerySet[Any]:
    return active.filter(groups__name=MODERATORS).order_by("pk")


def tell_withdrawn(facts: Sequence[Fact]) -> None:
    """Tell that confirmed facts were taken down and count no more: each person once of all of them."""
    lines = {
        fact.pk: f"- пункт {fact.item}: «{fact.title}», {fact.on:%d.%m.%Y}, засчитывалось {fact.amount}"
        for fact in facts
    }
    _tell("roadmap_withdrawn", "Снято с публикации засчитанное", [(fact.item, lines[fact.pk]) for fact in facts])


def tell_overdue(items: Sequence[PlanItem], words: Mapping[int, str]) -> None:
    """Tell that the term of `items` is over and they are not done: each person once of all of them."""
    lines = [(item, f"- пункт {item}: {words[item.pk]}") for item in items]
    _tell("roadmap_overdue", "Срок прошёл, не выполнено", lines)


def _tell(kind: str, title: str, lines: Sequence[tuple[PlanItem, str]]) -> None:
    for person, own in by_person(lines):
        named = f"{title}: {len(own)} {plural(len(own), 'пункт', 'пункта', 'пунктов')} дорожной карты"
        notify.tell(person, kind, {"items": listed(own)}, href=reverse("my_roadmap"), title=named)


def by_person(lines: Sequence[tuple[PlanItem, str]]) -> list[tuple[Any, list[str]]]:
    """Return who answers for the items of `lines`, each with the own lines, in the order of mailboxes."""
    told = recipients({item.pk: item for item, _line in lines}.values())
    found: dict[int, tuple[Any, list[str]]] = {}
    for item, line in lines:
        for person in told[item.pk]:
            found.setdefault(person.pk, (person, []))[1].append(line)
    return sorted(found.values(), key=lambda pair: pair[0].email)


def listed(lines: Sequence[str]) -> str:
    """Return the lines of a letter, not more than MOST_LINES of them."""
    rest = len(lines) - MOST_LINES
    return "\n".join([*lines[:MOST_LINES], *([f"- и ещё {rest}"] if rest > 0 else [])])
