"""Warns those who answer for items whose term is over: «просрочен» turns public three days later (DESIGN §6)."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from portal.core import publicity, versions
from portal.roadmap.domain import notices
from portal.roadmap.domain.facts import lock_items
from portal.roadmap.domain.progress import ItemProgress, plan_progress
from portal.roadmap.enums import ItemStatus
from portal.roadmap.models import PlanItem, RoadmapPage


def warn_overdue() -> int:
    """Write once of every item that has become overdue in a published plan; return how many were warned of.

    An item that is overdue no more (moved, done, overridden) is forgotten: the next time it is warned of anew. A duty
    of every hour; a kill between two plans leaves the second to the next hour.
    """
    today = timezone.localdate()
    warned: list[PlanItem] = []
    words: dict[int, str] = {}
    with transaction.atomic():
        for plan in publicity.public(RoadmapPage.objects.all()):
            progress = plan_progress(plan, today=today)
            late = {pk for pk, found in progress.items.items() if found.status == ItemStatus.OVERDUE}
            _forget(plan, late)
            new = plan.items.filter(pk__in=late, overdue_warned_on=None).values_list("pk", flat=True)
            for item in lock_items(new).values():
                if item.overdue_warned_on is None:
                    warned.append(item)
                    words[item.pk] = _words(item, progress.items[item.pk])
        PlanItem.objects.filter(pk__in=words).update(overdue_warned_on=today)
        if warned:
            notices.tell_overdue(sorted(warned, key=lambda item: (item.plan_id, item.position)), words)
            versions.bump()
    return len(warned)


def _forget(plan: RoadmapPage, late: set[int]) -> None:
    if plan.items.exclude(pk__in=late).exclude(overdue_warned_on=None).update(overdue_warned_on=None):
        versions.bump()


def _words(item: PlanItem, progress: ItemProgress) -> str:
    done = f"{progress.confirmed} из {progress.planned}" if progress.planned else "фактов нет"
    return f"{done}, срок был до {item.ends_on:%d.%m.%Y}"
