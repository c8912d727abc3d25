"""What is new and may be read by anybody: the only source of letters to subscribers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from events.enums import EventState
from events.models import EventPage
from portal.core.publicity import public
from portal.core.sites import address_path
from portal.news.models import NewsPage
from portal.subscriptions.enums import Target
from portal.subscriptions.models import Subscription
from practices.models import PracticePage

# What was published earlier is no news, whatever a subscriber was told.
WINDOW = timedelta(days=31)


@dataclass(frozen=True)
class Item:
    """A page that was published: its kind in words, its title and path, when it came, its topics."""

    pk: int
    kind: str
    target: Target | None  # the section whose subscribers hear of it, beside those of its topics
    title: str
    path: str
    published_at: datetime
    tags: frozenset[int]


def since(moment: datetime, until: datetime) -> list[Item]:
    """Return what was first published after `moment` and by `until` and is public now, the newest first.

    Six queries, and two more for addresses that are not kept yet. Events that are over or cancelled are left out.
    """
    moment = max(moment, until - WINDOW)
    coming = EventPage.objects.filter(ends_at__gte=timezone.now()).exclude(state=EventState.CANCELLED)
    found = [
        *_items(PracticePage.objects.all(), "Практика", None, moment, until),
        *_items(NewsPage.objects.all(), "Новость", Target.NEWS, moment, until),
        *_items(coming, "Событие", Target.EVENTS, moment, until),
    ]
    return sorted(found, key=lambda item: (item.published_at, item.pk), reverse=True)


def _items(pages: QuerySet, kind: str, target: Target | None, moment: datetime, until: datetime) -> Iterable[Item]:
    path_of: Callable[[str], str] = address_path()
    new = public(pages).filter(first_published_at__gt=moment, first_published_at__lte=until).order_by()
    rows = list(new.values_list("pk", "title", "url_path", "first_published_at"))
    tags = _tags(pages.model, [row[0] for row in rows])
    for pk, title, url_path, published_at in rows:
        yield Item(pk, kind, target, title, path_of(url_path), published_at, tags.get(pk, frozenset()))


def _tags(model: type, pks: list[int]) -> Mapping[int, frozenset[int]]:
    found: dict[int, set[int]] = {}
    through = model.tags.through  # type: ignore[attr-defined]
    for page, tag in through.objects.filter(content_object__in=pks).values_list("content_object", "tag"):
        found.setdefault(page, set()).add(tag)
    return {page: frozenset(tags) for page, tags in found.items()}


def is_for(item: Item, subscription: Subscription) -> bool:
    """Tell whether the subscriber hears of `item`: it is of the section or the topic, and came since the last letter."""
    if item.published_at <= subscription.told_until:
        return False
    if subscription.tag_id is not None:
        return subscription.tag_id in item.tags
    return item.target == subscription.target
