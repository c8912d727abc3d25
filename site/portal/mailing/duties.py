"""What the worker does for notices and letters."""

from __future__ import annotations

from portal.core.ticks import NIGHTLY, every
from portal.mailing.domain import bell, digest, mailings, reminding

every(1)(mailings.hand_over)
every(10)(reminding.remind)
every(10)(digest.send_digests)
every(NIGHTLY)(bell.prune)
