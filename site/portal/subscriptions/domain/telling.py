"""The daily letter to subscribers: what is new in all they subscribed to, each thing once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from portal.core import letters
from portal.core.listing import plural
from portal.mailing.domain.hours import is_open
from portal.mailing.models import LetterSettings
from portal.subscriptions.domain import links
from portal.subscriptions.domain.fresh import Item, is_for, since
from portal.subscriptions.models import Subscription

CHUNK = 500
MOST_ITEMS = 30
# A page that is being published at this moment is left to the next letter: its moment may be earlier than its commit.
MARGIN = timedelta(minutes=5)


def tell_subscribers() -> int:
    """Queue the letters of this morning; return how many. Safe to repeat: a mailbox gets one a day."""
    if not is_open(LetterSettings.load()):
        return 0
    until = timezone.now() - MARGIN
    oldest = Subscription.objects.active().order_by("told_until").values_list("told_until", flat=True).first()
    if oldest is None:
        return 0
    items = since(oldest, until)
    if not items:
        return 0
    return sum(_tell(email, own, items, until) for chunk in _chunks() for email, own in chunk)


def _chunks() -> Iterator[list[tuple[str, list[Subscription]]]]:
    """Mailboxes with their subscriptions, by hundreds."""
    last = ""
    while True:
        active = Subscription.objects.active().filter(email__gt=last)
        emails = list(active.order_by("email").values_list("email", flat=True).distinct()[:CHUNK])
        if not emails:
            return
        rows = active.filter(email__in=emails).select_related("tag").order_by("email", "target", "pk")
        yield [(email, list(own)) for email, own in groupby(rows, key=lambda row: row.email)]
        last = emails[-1]


def _tell(email: str, own: Sequence[Subscription], items: Sequence[Item], until: datetime) -> bool:
    """Queue one letter and move the mark of what was told, both or neither."""
    found = [item for item in items if any(is_for(item, subscription) for subscription in own)]
    if not found:
        return False
    leave = links.leave_url(email)
    with transaction.atomic():
        # Who left since the list was read gets no letter; the lock makes a second round wait and see the mark.
        locked = Subscription.objects.active().select_for_update(of=("self",)).filter(pk__in=[row.pk for row in own])
        if not any(row.told_until < found[0].published_at for row in locked):
            return False
        sent = letters.queue_letter(
            "subscription_news",
            email,
            {
                "count": f"{len(found)} {plural(len(found), 'новый материал', 'новых материала', 'новых материалов')}",
                "items": text_of(found),
                "what": ", ".join(subscription.what for subscription in own),
                "link": settings.SITE_URL,
            },
            dedupe_key=f"subscription:{_digest(email)}:{timezone.localdate():%Y-%m-%d}",
            unsubscribe_url=leave,
        )
        if sent is None:  # the letter of today has left: what came later waits for tomorrow
            return False
        Subscription.objects.filter(pk__in=[row.pk for row in own]).update(told_until=until)
    return True


def _digest(email: str) -> str:
    """What stands for a mailbox in a key: keys outlive the letters' wiping and are no place for addresses."""
    return hashlib.sha256(email.encode()).hexdigest()[:32]


def text_of(items: Sequence[Item]) -> str:
    """Return the lines of the letter: kind, title and address of each, the newest first."""
    lines = [f"- {item.kind}: {item.title}\n  {settings.SITE_URL}{item.path}" for item in items[:MOST_ITEMS]]
    if len(items) > MOST_ITEMS:
        lines.append(f"И ещё {len(items) - MOST_ITEMS} на портале.")
    return "\n\n".join(lines)
