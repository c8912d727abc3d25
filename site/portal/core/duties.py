"""The regular duties of the core; other apps register theirs in their own `AppConfig.ready`."""

from __future__ import annotations

from portal.core import clock, housekeeping, letters, scheduling, versions, withdrawals
from portal.core.ticks import NIGHTLY, every

every(1)(scheduling.publish_scheduled)
every(1)(letters.deliver_due_letters)
every(1)(clock.return_abandoned_tasks)
every(1)(versions.catch_up)
every(NIGHTLY)(clock.forget_dead_workers)
every(NIGHTLY)(housekeeping.prune_tasks)
every(NIGHTLY)(housekeeping.prune_limits)
every(NIGHTLY)(housekeeping.prune_sessions)
every(NIGHTLY)(housekeeping.prune_cache_files)
every(NIGHTLY)(withdrawals.note_missed)
