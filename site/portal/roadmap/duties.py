"""The regular duties of the roadmap."""

from __future__ import annotations

from portal.core.ticks import every
from portal.roadmap.domain import overdue, reconcile

every(1)(reconcile.reconcile)
every(60)(overdue.warn_overdue)
