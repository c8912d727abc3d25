"""The journal of withdrawals, outside the database: what people took back stays taken back after a restore.

One small file for each withdrawal or erasure in the private storage, which a backup leaves out and a restore does not
touch. A file names a consent by its number and moment, an account by its number and moment: no data of people.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.utils import timezone

from portal.core.models import Consent

FOLDER = "withdrawals"
LOOKED_BACK = timedelta(days=7)

logger = logging.getLogger("portal.privacy")


def note_consent(consent: Consent) -> None:
    """Write down that a consent was withdrawn; called after the commit, a second time changes nothing."""
    if consent.withdrawn_at is not None:
        entry = {
            "consent": consent.pk,
            "given_at": consent.given_at.isoformat(),
            "withdrawn_at": consent.withdrawn_at.isoformat(),
        }
        _write(f"consent-{consent.pk}-{_stamp(consent.given_at)}.json", entry)


def note_erasure(user_pk: int, joined: datetime) -> None:
    """Write down that the data of an account were erased; called after the commit."""
    _write(f"erased-{user_pk}-{_stamp(joined)}.json", {"erased": user_pk, "joined": joined.isoformat()})


def note_missed() -> int:
    """Write down the withdrawals of the last week that a killed process did not; return how many.

    A duty of the worker.
    """
    recent = Consent.objects.filter(withdrawn_at__gte=timezone.now() - LOOKED_BACK)
    missed = [one for one in recent if not _storage().exists(f"{FOLDER}/consent-{one.pk}-{_stamp(one.given_at)}.json")]
    for consent in missed:
        note_consent(consent)
    return len(missed)


def entries() -> Iterator[dict[str, Any]]:
    """Yield everything that was written down; a damaged file is logged and left out."""
    try:
        _folders, names = _storage().listdir(FOLDER)
    except FileNotFoundError:
        return
    for name in sorted(names):
        try:
            with _storage().open(f"{FOLDER}/{name}") as file:
                yield json.loads(file.read())
        except (OSError, ValueError):
            logger.exception("the journal of withdrawals: %s cannot be read", name)


def _storage() -> Storage:
    return storages["private"]


def _stamp(moment: datetime) -> str:
    return f"{moment.timestamp():.0f}"


def _write(name: str, entry: dict[str, Any]) -> None:
    path = f"{FOLDER}/{name}"
    if not _storage().exists(path):
        _storage().save(path, ContentFile(json.dumps(entry).encode()))
