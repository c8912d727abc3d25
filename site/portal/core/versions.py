"""The version of what is published: a token that every cached menu, facet, count, card and page is keyed by.

Publishing anything bumps it, and all that was cached under the old token is never asked for again. The token is
random and not a counter: a counter that restarts with an emptied cache would revive what was withdrawn.

Dear things that only a part of the portal changes (the facet index of practices) may follow a version of their own.
"""

from __future__ import annotations

import math
import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar, TypeVar

from django.core.cache import cache
from django.db import models, transaction
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

_SEEN_KEY = "portal:published-log-entry"
_PUBLISHING = ("wagtail.publish", "wagtail.unpublish", "wagtail.move", "wagtail.delete", "wagtail.view_restriction")
T = TypeVar("T")


class Version:
    """A random token in the shared cache, replaced when what it stands for changes."""

    known: ClassVar[list[Version]] = []

    def __init__(self, name: str, *, shown_in: Version | None = None) -> None:
        """Name the version; `shown_in` is the version of what shows the things that this one stands for."""
        self._key = f"portal:{name}-version"
        self._shown_in = shown_in
        self.known.append(self)

    def current(self) -> str:
        """Return the token of now, made when there is none (a fresh or emptied cache)."""
        token = cache.get(self._key)
        if token is None:
            token = secrets.token_hex(8)
            # Without a question to the database: an emptied cache costs enough. The next renewal asks.
            if not cache.add(self._key, token, timeout=None):
                token = cache.get(self._key) or token
        return token

    def bump(self, *_args: Any, **_kwargs: Any) -> None:
        """Replace the token once the surrounding transaction is committed; usable as a signal receiver."""
        transaction.on_commit(self.renew)

    def renew(self) -> None:
        """Replace the token now, and that of what shows it on both sides.

        Before: what is built anew under the own token reads no dictionary kept from earlier. After: a page drawn in
        between from the old is not kept.
        """
        if self._shown_in is not None:
            self._shown_in.renew()
        cache.set(self._key, secrets.token_hex(8), timeout=self._lifetime())
        if self._shown_in is not None:
            self._shown_in.renew()

    def _lifetime(self) -> int | None:
        """Seconds for which the token may stand; None: until it is replaced."""
        return None


class PublishedVersion(Version):
    """The version of everything published: it ends with the first page to expire, and all that names it with it."""

    def _lifetime(self) -> int | None:
        ahead = Page.objects.filter(live=True, expire_at__gt=timezone.now())
        first: datetime | None = ahead.aggregate(first=models.Min("expire_at"))["first"]
        return math.ceil(max(1.0, (first - timezone.now()).total_seconds())) if first else None


published = PublishedVersion("published")


def current() -> str:
    """Return the token of everything published."""
    return published.current()


def bump(*_args: Any, **_kwargs: Any) -> None:
    """Replace the token of everything published once the surrounding transaction is committed."""
    published.bump()


def catch_up() -> None:
    """Replace every token when the journal of pages tells of a change whose process was killed.

    A duty of the worker: what such a kill left in caches lives a minute, not a day.
    """
    actions = models.Q()
    for action in _PUBLISHING:
        actions |= models.Q(action__startswith=action)
    last = PageLogEntry.objects.filter(actions).order_by("-pk").values_list("pk", flat=True).first() or 0
    seen = cache.get(_SEEN_KEY)
    if last != seen:
        if seen is not None:
            for version in Version.known:
                version.renew()
        cache.set(_SEEN_KEY, last, timeout=None)


def key(name: str, *, version: Version = published) -> str:
    """Return the cache key of `name` as of now, to be taken before anything is read that will be kept under it.

    What was read from an older state is then stored under the older token.
    """
    return f"portal:{version.current()}:{name}"


def cached(name: str, build: Callable[[], T], *, timeout: int = 24 * 3600, version: Version = published) -> T:
    """Return what `build` gives, kept under `name` until something is published (or `version` is bumped)."""
    place = key(name, version=version)
    value = cache.get(place)
    if value is None:
        value = build()
        cache.set(place, value, timeout)
    return value


class Memo:
    """A value held in this process's memory while the version stands: no cache read, no unpickling per request."""

    def __init__(self, name: str, build: Callable[[], Any], *, version: Version = published) -> None:
        self.name, self.build, self.version = name, build, version
        self._held: tuple[str, Any] | None = None

    def get(self) -> Any:
        """Return the value for the current version: from memory, from the shared cache, or newly built."""
        token = self.version.current()
        held = self._held
        if held is None or held[0] != token:
            held = self._held = None  # the old value goes before the new one comes: both would be held for a moment
            held = self._held = (token, cached(self.name, self.build, version=self.version))
        return held[1]
