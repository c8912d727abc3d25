"""Passports as files: ordered at publication, built by the worker, given out only while the practice is public."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import logging
from dataclasses import asdict
from functools import partial

from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from portal.core import versions
from portal.core.models import Consent
from portal.core.publicity import is_public
from practices.domain.cards import COVER_FILTERS
from practices.domain.passport import passport_of
from practices.domain.standing import without_permission
from practices.models import PassportFile, PassportKind, PracticePage
from practices.passport_files.content import Passport

logger = logging.getLogger("practices")
ORDER_AGAIN_SECONDS = 60


def order(page_pk: int) -> None:
    """Ask the worker to build the files of a practice once the surrounding transaction is committed."""
    transaction.on_commit(lambda: build_passport.enqueue(page_pk))


def order_missing(page_pk: int) -> None:
    """Order files that a visitor has asked for in vain, once a minute however many ask: the queue is not theirs."""
    if cache.add(f"portal:passport-ordered:{page_pk}", 1, ORDER_AGAIN_SECONDS):
        order(page_pk)


def consent_changed(consent: Consent) -> None:
    """A consent changed: pages of its practices show the name no more, or again; their files are withdrawn at once,
    since they hold names, and built anew."""
    pages = set(PracticePage.objects.filter(authors__consent_id=consent.pk).values_list("pk", flat=True))
    if pages:
        versions.bump()
    for pk in pages:
        withdraw(pk)
        order(pk)


def renew_after_expired_consents() -> int:
    """Withdraw and order anew the files of practices whose author's consent ran out in the last week; how many.

    A duty of the worker, once a day: nothing is saved at midnight that could tell of it.
    """
    today = timezone.localdate()
    ended = Consent.objects.filter(valid_until__lt=today, valid_until__gte=today - dt.timedelta(days=7))
    pages = set(PracticePage.objects.filter(authors__consent__in=ended).values_list("pk", flat=True))
    for pk in pages:
        withdraw(pk)
        order(pk)
    return len(pages)


def withdraw(page_pk: int) -> None:
    """Delete the files of a practice: the rows now, the stored files after the commit."""
    for row in PassportFile.objects.filter(page_id=page_pk):
        row.delete()
        transaction.on_commit(partial(row.file.storage.delete, str(row.file.name)))


def has_files(page: PracticePage) -> bool:
    """Tell whether anybody may have the passport of `page` as a file: it is public and its organisation permits it."""
    return is_public(page) and not without_permission([page.pk])


@task()
def build_passport(page_pk: int) -> None:
    """Build the files of a practice and the scaled cover of its card; nothing happens to one that is not public.

    Files whose content has not changed stay as they are. Safe to repeat after a kill.
    """
    page = PracticePage.objects.for_page().filter(pk=page_pk).first()
    if page is None or not has_files(page):
        return
    if page.cover is not None:
        page.cover.get_renditions(*COVER_FILTERS)
    passport = passport_of(page)
    digest = _digest(passport)
    for kind in PassportKind:
        if not PassportFile.objects.filter(page_id=page_pk, kind=kind, digest=digest).exists():
            _replace(page_pk, kind, digest, _render(passport, kind))


def _replace(page_pk: int, kind: PassportKind, digest: str, content: bytes) -> None:
    """Store the new file first, then the row, then drop the old file: a full disk loses nothing."""
    with transaction.atomic():
        # The row of the page is locked, so that a withdrawal at this moment comes before or after, not between.
        page = PracticePage.objects.select_for_update().filter(pk=page_pk).first()
        if page is None or not has_files(page):
            return
        old = PassportFile.objects.filter(page_id=page_pk, kind=kind).first()
        if old is not None:
            old.delete()
            transaction.on_commit(partial(old.file.storage.delete, str(old.file.name)))
        row = PassportFile(page_id=page_pk, kind=kind, size=len(content), made_at=timezone.now(), digest=digest)
        row.file.save(f"passport.{kind}", ContentFile(content), save=False)
        row.save()


def _digest(passport: Passport) -> str:
    """Return the fingerprint of what a file says, ended by that of the portal's address, which its QR code holds."""
    content = json.dumps(asdict(passport), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()[:56] + _site_mark()


def _site_mark() -> str:
    return hashlib.sha256(settings.SITE_URL.encode()).hexdigest()[:8]


def _render(passport: Passport, kind: PassportKind) -> bytes:
    local = timezone.localtime().replace(microsecond=0)
    made_on = local.replace(tzinfo=dt.timezone(local.utcoffset() or dt.timedelta()))  # PDF knows offsets, not zones
    if kind is PassportKind.PDF:
        from practices.passport_files.pdf import render_pdf  # noqa: PLC0415 - typst belongs to the worker (SPEED)

        return render_pdf(passport, made_on=made_on)
    from practices.passport_files.docx import render_docx  # noqa: PLC0415 - python-docx belongs to the worker

    return render_docx(passport, made_on=made_on)


def file_of(page: PracticePage, kind: str) -> PassportFile | None:
    """Return the built file of a practice or None while the worker has not made it.

    One built before an author's consent ran out may hold a name that nobody may read since midnight; the QR code of
    one built under another address of the portal leads there.
    """
    found = PassportFile.objects.filter(page=page, kind=kind).first()
    if found is None or not found.digest.endswith(_site_mark()):
        return None
    ended = Consent.objects.filter(
        practices_practiceauthor_rows__page=page,
        valid_until__lt=timezone.localdate(),
        valid_until__gte=timezone.localdate(found.made_at),
    )
    return None if ended.exists() else found
