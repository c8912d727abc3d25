"""Scans without text among uploaded documents: nobody finds them by words and no screen reader reads them.

For the worker only: pypdf must not reach web processes (SPEED).
"""

from __future__ import annotations

import logging
from typing import IO

from django.db.models import F, Q

from portal.files.models import PortalDocument

AT_ONCE = 20  # files looked at in one minute
PAGES = 20  # pages read of each: a cover without text does not make a scan, nor does one page a text
ENOUGH = 20  # letters a page; stamps of scanners and numbers of pages are less
LARGEST = 50 * 1024 * 1024

logger = logging.getLogger(__name__)


def look_for_scans() -> int:
    """Look at the documents nobody looked at yet and mark which are scans; return how many were looked at.

    A duty of the worker. A file that cannot be read is marked as no scan, so it is not tried every minute.
    """
    done = 0
    changed = Q(scan_only=None) | ~Q(looked_hash=F("file_hash"))
    for document in PortalDocument.objects.filter(changed).order_by("pk")[:AT_ONCE]:
        scan = document.file_extension.lower() == "pdf" and _is_scan(document)
        row = PortalDocument.objects.filter(pk=document.pk)
        done += row.update(scan_only=scan, looked_hash=document.file_hash)
    return done


def has_no_text(file: IO[bytes]) -> bool:
    """Tell whether a PDF holds pages but nearly no letters. Raises pypdf's PdfReadError for a broken one."""
    from pypdf import PdfReader  # noqa: PLC0415 (heavy, for the worker alone)

    pages = PdfReader(file).pages[:PAGES]
    wanted = ENOUGH * len(pages)
    letters = 0
    for page in pages:
        letters += sum(char.isalnum() for char in page.extract_text())
        if letters >= wanted:
            return False
    return bool(pages)


def _is_scan(document: PortalDocument) -> bool:
    try:
        with document.file.open("rb") as file:
            return (document.file_size or 0) <= LARGEST and has_no_text(file)
    except Exception:
        logger.warning("Document %s could not be read for text", document.pk, exc_info=True)
        return False
