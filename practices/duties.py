"""The regular duties of the bank."""

from __future__ import annotations

from portal.core.ticks import NIGHTLY, every
from practices.domain import downloads

every(NIGHTLY)(downloads.renew_after_expired_consents)
