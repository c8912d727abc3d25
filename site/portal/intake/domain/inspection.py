"""What the worker learns of a file after it was taken: whether a PDF holds text, what the antivirus says.

For the worker only: pypdf must not reach web processes (SPEED).
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from portal.files import antivirus
from portal.files.scans import LARGEST, has_no_text
from portal.intake.enums import ScanState
from portal.intake.models import Attachment

AT_ONCE = 20  # files looked at in one minute
AGAIN = timedelta(hours=6)  # a file that the antivirus would not look at is offered again
PDF = "application/pdf"

logger = logging.getLogger(__name__)


def look_for_text(model: type[Attachment]) -> int:
    """Look into the PDF files nobody looked into yet and mark which hold text; return how many were looked at.

    A file that cannot be read counts as one without text: a screen reader cannot read it either.
    """
    rows = list(model._default_manager.filter(media_type=PDF, has_text=None).order_by("pk")[:AT_ONCE])
    for row in rows:
        model._default_manager.filter(pk=row.pk).update(has_text=_has_text(row))
    return len(rows)


def look_for_viruses(model: type[Attachment], found: Callable[[Any], None]) -> int:
    """Ask the antivirus about the files it has not judged; return how many it judged. Without one: 0.

    `found` is called with each infected file after it is marked, so that people are told. An antivirus that is away
    ends the round; its files stay «не проверен».
    """
    if not antivirus.is_configured():
        return 0
    waits = Q(scanned_at=None) | Q(scanned_at__lt=timezone.now() - AGAIN)
    done = 0
    for row in model._default_manager.filter(waits, scan=ScanState.UNCHECKED).order_by("pk")[:AT_ONCE]:
        try:
            done += _judge(model, row, found)
        except antivirus.AntivirusAway as error:
            logger.warning("The antivirus is away: %s", error)
            break
    return done


def _judge(model: type[Attachment], row: Any, found: Callable[[Any], None]) -> bool:
    state, threat = ScanState.UNCHECKED, ""
    try:
        with row.file.open("rb") as file:
            threat = antivirus.find_virus(file)
        state = ScanState.INFECTED if threat else ScanState.CLEAN
    except antivirus.AntivirusRefused as error:
        logger.warning("The antivirus would not look at file %s: %s", row.pk, error)
    except OSError:
        logger.warning("File %s could not be read for the antivirus", row.pk, exc_info=True)
    changed = model._default_manager.filter(pk=row.pk, scan=ScanState.UNCHECKED).update(
        scan=state, threat=threat, scanned_at=timezone.now()
    )
    if changed and state == ScanState.INFECTED:
        row.scan, row.threat = state, threat
        found(row)
    return bool(changed) and state != ScanState.UNCHECKED


def _has_text(row: Any) -> bool:
    try:
        with row.file.open("rb") as file:
            return row.size <= LARGEST and not has_no_text(file)
    except Exception:
        logger.warning("File %s could not be read for text", row.pk, exc_info=True)
        return False
