"""Items whose term comes near: what the duty of reminders asks the roadmap for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from portal.core import publicity
from portal.core.reminders import Reminder
from portal.roadmap.domain import notices
from portal.roadmap.domain.progress import ItemProgress, is_lasting, plan_progress
from portal.roadmap.enums import ItemStatus
from portal.roadmap.models import PlanItem, RoadmapPage

_SETTLED = {ItemStatus.DONE, ItemStatus.CANCELLED}
END_OF_DAY = dt.time(23, 59)


def items_due(until: dt.datetime) -> Iterator[Reminder]:
    """Yield the unfinished items of published plans whose term ends by `until`: one line to a person, plan and day."""
    today = timezone.localdate()
    for plan in publicity.public(RoadmapPage.objects.all()):
        near = plan.items.filter(ends_on__gte=today, ends_on__lte=timezone.localdate(until)).select_related("plan")
        rows = list(near.order_by("position"))
        if not rows:
            continue
        progress = plan_progress(plan, today=today).items
        late = [item for item in rows if _is_wanting(item, progress[item.pk])]
        for day in sorted({item.ends_on for item in late}):
            yield from _of_day(plan, day, [item for item in late if item.ends_on == day])


def _is_wanting(item: PlanItem, progress: ItemProgress) -> bool:
    """Tell whether facts are missing: work that lasts to the end of its term is done by then if it has any."""
    return progress.status not in _SETTLED and not (is_lasting(item) and progress.confirmed)


def _of_day(plan: RoadmapPage, day: dt.date, items: list[PlanItem]) -> Iterator[Reminder]:
    for person, lines in notices.by_person([(item, f"- пункт {item}") for item in items]):
        yield Reminder(
            user=person,
            key=f"{plan.pk}:{day:%Y%m%d}",
            due=timezone.make_aware(dt.datetime.combine(day, END_OF_DAY)),
            title="Дорожная карта, пункт не выполнен" if len(lines) == 1 else "Дорожная карта, пункты не выполнены",
            href=reverse("my_roadmap"),
            kind="roadmap_due",
            context={"items": notices.listed(lines)},
        )
