"""The regular duties of the bank."""

from __future__ import annotations

from portal.core.ticks import NIGHTLY, every
from practices.domain import downloads, file_inspection, own_consents

every(1)(file_inspection.inspect_files)
every(NIGHTLY)(downloads.renew_after_expired_consents)
every(NIGHTLY)(file_inspection.sweep_files)
every(NIGHTLY)(own_consents.forget_contacts)
