"""Subscribers as a circle of people that the office may write to."""

from __future__ import annotations

from collections.abc import Iterator

from portal.core.audiences import Recipient
from portal.subscriptions.domain.links import leave_url
from portal.subscriptions.models import Subscription


def subscribers() -> Iterator[Recipient]:
    """Yield every mailbox with a subscription that stands, once, with its way out."""
    emails = Subscription.objects.active().order_by("email").values_list("email", flat=True).distinct()
    for email in emails:
        yield Recipient(email=email, unsubscribe_url=leave_url(email))
