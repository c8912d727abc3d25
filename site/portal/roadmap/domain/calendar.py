"""A plan as a calendar: each item an entry over its days, each due time of what repeats an entry of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from django.utils import timezone

from portal.core.calendars import Entry
from portal.roadmap.domain.attention import due_lines
from portal.roadmap.domain.reading import ItemView, PlanView


def entries(plan: PlanView, items: Iterable[ItemView], *, site_url: str, changed_at: dt.datetime) -> Iterator[Entry]:
    """Yield entries of `items` by days; `changed_at` is when the plan last changed."""
    for item in items:
        title = f"{item.label}. {item.title}"
        words = (
            f"{plan.title}\nСтатус: {item.status.label}\nСрок в документе: {item.period}\nПланируется: {item.result}"
        )
        url = f"{site_url}{item.url}"
        lines = due_lines(item, days=[], today=plan.day)
        key = f"plan-{plan.pk}-item-{item.pk}"
        if not lines:
            yield Entry(key, title, item.starts_on, item.ends_on, changed_at, url=url, description=words)
        for line in lines:
            yield Entry(
                f"{key}-{line.ends_on:%Y-%m}",
                f"{title} ({line.label})",
                line.starts_on,
                line.ends_on,
                changed_at,
                url=url,
                description=words,
            )


def changed_at(moments: Iterable[dt.datetime | None]) -> dt.datetime:
    """Return the latest of `moments`; of none, the beginning of time that calendars know."""
    known = [moment for moment in moments if moment is not None]
    return max(known, default=timezone.make_aware(dt.datetime(2000, 1, 1)))
