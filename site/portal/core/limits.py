"""Limits of actions, counted in database rows.

Rows and not the cache: a cache is emptied on restart, is separate in each process when it lives in memory, and Django's
read-then-write of counters in it lets parallel requests through. Who the visitor is stays out of the table: the source
is stored as a keyed hash. Old rows go at night (`housekeeping.prune_limits`).
"""

from __future__ import annotations

from datetime import timedelta
from ipaddress import IPv6Address, IPv6Network, ip_address

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from portal.core.models import LimitHit


def hit(action: str, source: str, *, limit: int, per_seconds: int) -> bool:
    """Count one use of `action` by `source`; False when there were `limit` within `per_seconds` already."""
    return take(action, source, limit=limit, per_seconds=per_seconds) is not None


def take(action: str, source: str, *, limit: int, per_seconds: int) -> LimitHit | None:
    """Like `hit`, but returns the counted row, so that an innocent use can be given back by deleting it.

    A refused use is not counted: who keeps trying waits no longer than who stopped. The row is written before the
    counting, so that of several parallel uses no more than `limit` pass.
    """
    now = timezone.now()
    with transaction.atomic():
        own = LimitHit.objects.create(action=action, source=_hashed(source), at=now)
    recent = LimitHit.objects.filter(action=action, source=own.source, at__gt=now - timedelta(seconds=per_seconds))
    if recent.count() <= limit:
        return own
    own.delete()
    return None


def forget(action: str, source: str) -> None:
    """Start the count of `source` anew."""
    LimitHit.objects.filter(action=action, source=_hashed(source)).delete()


def network(address: str) -> str:
    """Return what counts as one visitor of the network: an IPv4 address or an IPv6 /64, which one household holds."""
    parsed = ip_address(address)
    if isinstance(parsed, IPv6Address):
        return str(parsed.ipv4_mapped or IPv6Network((parsed, 64), strict=False).network_address)
    return str(parsed)


def _hashed(source: str) -> str:
    return salted_hmac("portal.core.limits", source, algorithm="sha256").hexdigest()
