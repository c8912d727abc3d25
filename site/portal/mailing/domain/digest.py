"""Digests: one letter in place of many, for who chose so; grouped by what people call the letters, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from portal.core import letter_kinds, letters, notify
from portal.core.listing import plural
from portal.core.models import LetterChoice, Notice
from portal.core.models.notices import LetterWay
from portal.mailing.domain.hours import is_open
from portal.mailing.models import LetterSettings

MOST_LINES = 60
MONDAY = 0
WEEK = timedelta(days=7)
CHUNK = 200
PERIODS = {LetterWay.DAILY: "за день", LetterWay.WEEKLY: "за неделю"}


def send_digests() -> int:
    """Queue the digests of this morning; return how many. Safe to repeat: a day and a week have one each."""
    if not is_open(LetterSettings.load()):
        return 0
    return sum(_for_users(users) for users in _chunks())


def _chunks() -> Iterator[list[Any]]:
    """People for whom something waits, in the order of their numbers."""
    last = 0
    waiting = Notice.objects.filter(for_digest=True)
    while True:
        users = get_user_model()._default_manager.filter(pk__gt=last, pk__in=waiting.values("user"))
        found = list(users.order_by("pk")[:CHUNK])
        if not found:
            return
        yield found
        last = found[-1].pk


def _for_users(users: Sequence[Any]) -> int:
    by_id = {user.pk: user for user in users}
    ways = {
        (user, group): way
        for user, group, way in LetterChoice.objects.filter(user__in=by_id).values_list("user_id", "group", "way")
    }
    waiting: dict[tuple[int, str], list[Notice]] = {}
    for notice in Notice.objects.filter(for_digest=True, user__in=by_id).order_by("-created_at", "-pk"):
        way = ways.get((notice.user_id, group_of(notice)), LetterWay.DAILY)
        waiting.setdefault(
            (notice.user_id, LetterWay.WEEKLY if way == LetterWay.WEEKLY else LetterWay.DAILY), []
        ).append(notice)
    return sum(_send(by_id[user], way, notices) for (user, way), notices in waiting.items() if is_due(way, notices))


def is_due(way: str, notices: Iterable[Notice], now: datetime | None = None) -> bool:
    """Tell whether a digest of this way leaves today: a weekly one on Mondays, or when a Monday was missed."""
    if way != LetterWay.WEEKLY:
        return True
    now = now or timezone.now()
    return timezone.localtime(now).weekday() == MONDAY or min(one.created_at for one in notices) < now - WEEK


def _send(user: Any, way: str, notices: list[Notice]) -> bool:
    """Queue one digest and take its notices off the waiting list, both or neither; what was read by now is left out."""
    today = timezone.localdate()
    unread = [notice for notice in notices if notice.read_at is None]
    with transaction.atomic():
        sent = None
        if unread and user.is_active:
            sent = letters.queue_letter(
                "digest",
                user.email,
                {
                    "period": PERIODS[LetterWay(way)],
                    "count": f"{len(unread)} {plural(len(unread), 'уведомление', 'уведомления', 'уведомлений')}",
                    "items": text_of(unread),
                    "link": settings.SITE_URL + reverse("notices"),
                },
                dedupe_key=f"digest:{user.pk}:{way}:{today:%Y-%m-%d}",
                unsubscribe_url=notify.unsubscribe_url(user, notify.DIGEST),
            )
            if sent is None:  # today's digest has left already: the rest waits for the next one
                return False
        Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(for_digest=False)
    return sent is not None


def group_of(notice: Notice) -> str:
    """Return the group that the notice's kind belongs to now; blank for a kind that no longer exists."""
    kind = letter_kinds.find(notice.kind)
    return kind.group if kind else ""


def text_of(notices: Sequence[Notice]) -> str:
    """Return the lines of a digest: a heading for each group, under it the newest first, each with its address."""
    shown = sorted(notices[:MOST_LINES], key=group_of)  # a stable order: within a group the newest stay first
    lines: list[str] = []
    heading = None
    for notice in shown:
        group = group_of(notice) or "Прочее"
        if group != heading:
            lines += ["", group] if lines else [group]
            heading = group
        when = date_format(timezone.localtime(notice.created_at), "j E, H:i")
        lines += [f"- {notice.title} ({when})", f"  {settings.SITE_URL}{notice.href}"]
    if len(notices) > MOST_LINES:
        lines += ["", f"И ещё {len(notices) - MOST_LINES} в кабинете."]
    return "\n".join(lines)
