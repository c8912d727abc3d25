"""What the worker does for subscriptions."""

from __future__ import annotations

from portal.core.ticks import NIGHTLY, every
from portal.subscriptions.domain import joining, telling

every(10)(telling.tell_subscribers)
every(NIGHTLY)(joining.prune)
