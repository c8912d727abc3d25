"""The regular duties of the bank."""

from __future__ import annotations

from portal.core.ticks import NIGHTLY, every
from practices.domain import downloads, publication, shelf

every(NIGHTLY)(downloads.renew_after_expired_consents)
every(NIGHTLY)(publication.let_silent_texts_out)
every(NIGHTLY)(shelf.ask_for_confirmation)
