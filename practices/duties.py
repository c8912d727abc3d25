"""The regular duties of the bank."""

from __future__ import annotations

from portal.core.ticks import NIGHTLY, every
from practices.domain import (
    changes,
    downloads,
    file_inspection,
    own_consents,
    publication,
    reminding,
    shelf,
)

every(1)(file_inspection.inspect_files)
every(NIGHTLY)(downloads.renew_after_expired_consents)
every(NIGHTLY)(file_inspection.sweep_files)
every(NIGHTLY)(own_consents.forget_contacts)
every(NIGHTLY)(reminding.mention_quiet_drafts)
every(NIGHTLY)(reminding.warn_of_archive)
every(NIGHTLY)(reminding.archive_forgotten_drafts)
every(1)(changes.turn_windows)
every(NIGHTLY)(publication.let_silent_texts_out)
every(NIGHTLY)(shelf.ask_for_confirmation)
every(60)(reminding.tell_of_overdue)
