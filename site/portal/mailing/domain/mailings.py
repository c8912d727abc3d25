"""Verbs of mailings: make the drafts, correct, leave out, send with the number confirmed, hand over, cancel, repeat."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django_tasks import task
from wagtail.log_actions import log

from portal.core import audiences, letter_kinds, letters, notify
from portal.core.audiences import Recipient
from portal.core.listing import plural
from portal.core.models import LetterChoice, PortalSettings
from portal.core.models.letters import LetterStatus
from portal.core.models.notices import LetterWay
from portal.core.text import normalise_text, single_line
from portal.mailing.enums import RowStatus
from portal.mailing.models import Mailing, MailingRow
from portal.mailing.rules import may_mail

KIND = "mailing"
NAMELESS = "коллега"
PREPARED, SENT, CANCELLED, REPEATED, CORRECTED = (
    "mailing.prepare",
    "mailing.send",
    "mailing.cancel",
    "mailing.repeat",
    "mailing.correct",
)
_CHUNK = 100


class MailingError(Exception):
    """What cannot be done with a mailing, as a sentence for the person who tried."""


def letters_words(number: int) -> str:
    """Return «37 писем»."""
    return f"{number} {plural(number, 'письмо', 'письма', 'писем')}"


def prepare(mailing: Mailing, *, actor: Any) -> int:
    """Make a draft for every recipient that has none; return how many drafts wait now.

    Drafts that nobody corrected are written anew from the present text and circle; corrected, excluded and sent ones
    stay. Who unsubscribed from the office's letters is left out unless the mailing is necessary. Raises
    PermissionDenied, and MailingError for a circle that no room knows.
    """
    _check(actor)
    audience = audiences.find(mailing.audience)
    if audience is None:
        raise MailingError("Круг получателей больше не существует: выберите другой.")
    with transaction.atomic():
        locked = _lock(mailing)
        locked.rows.filter(status=RowStatus.DRAFT, is_corrected=False).delete()
        known = set(locked.rows.values_list("email", flat=True))
        refused = set() if locked.is_necessary else _refused()
        made: dict[str, MailingRow] = {}
        common = common_values()
        for recipient in audience.query():
            email = recipient.email.lower()
            if email in known or email in made or recipient.user_id in refused:
                continue
            made[email] = compose(locked, recipient, common)
        MailingRow.objects.bulk_create(made.values(), batch_size=500)
        waiting = locked.rows.filter(status=RowStatus.DRAFT).count()
        log(instance=locked, action=PREPARED, user=actor, data={"letters": waiting})
    return waiting


def compose(mailing: Mailing, recipient: Recipient, common: Mapping[str, str]) -> MailingRow:
    """Return the draft for one recipient, not saved; values stand in the text as typed, never as placeholders."""
    values = {**common, "name": recipient.name or NAMELESS, **recipient.values}
    return MailingRow(
        mailing=mailing,
        user_id=recipient.user_id,
        email=recipient.email.lower(),
        subject=single_line(letter_kinds.substitute(mailing.subject, values))[: letters.SUBJECT_LENGTH],
        body=letter_kinds.substitute(mailing.body, values),
        unsubscribe_url="" if mailing.is_necessary else recipient.unsubscribe_url,
    )


def common_values() -> dict[str, str]:
    """Return the values that every letter knows."""
    portal = PortalSettings.load()
    return {
        "portal_name": portal.portal_name,
        "region_name": portal.region_name,
        "operator_email": portal.operator_email,
        "site": settings.SITE_URL,
    }


def correct(row: MailingRow, *, subject: str, body: str, actor: Any) -> None:
    """Change the words of one draft; raises MailingError when it is no draft any more."""
    _check(actor)
    words = {"subject": single_line(subject), "body": normalise_text(body), "is_corrected": True}
    with transaction.atomic():
        if not MailingRow.objects.filter(pk=row.pk, status=RowStatus.DRAFT).update(**words):
            raise MailingError("Это письмо уже отправляется: исправить его нельзя.")
        log(instance=row.mailing, action=CORRECTED, user=actor, data={"row": row.pk})


def turn(row: MailingRow, *, actor: Any) -> bool:
    """Exclude a draft, or take an excluded one back; return whether it is a draft now."""
    _check(actor)
    own = MailingRow.objects.filter(pk=row.pk)
    if own.filter(status=RowStatus.DRAFT).update(status=RowStatus.LEFT_OUT):
        return False
    if own.filter(status=RowStatus.LEFT_OUT).update(status=RowStatus.DRAFT):
        return True
    raise MailingError("Это письмо уже отправляется.")


def drafts(mailing: Mailing, *, query: str = "") -> QuerySet[MailingRow]:
    """Return the drafts to mailboxes with `query` in their address."""
    found = mailing.rows.filter(status=RowStatus.DRAFT)
    return found.filter(email__contains=query.strip().lower()) if query.strip() else found


def send(mailing: Mailing, *, actor: Any, confirmed: int, query: str = "") -> int:
    """Let the drafts go, all or those that `query` finds; return how many.

    `confirmed` is the number that the person typed: if it is not the number of drafts now, nothing is sent and
    MailingError says why. Of two people who press at once the second one finds no drafts. The letters are handed to
    the outbox by the worker after the commit.
    """
    _check(actor)
    with transaction.atomic():
        locked = _lock(mailing)
        waiting = list(drafts(locked, query=query).values_list("pk", flat=True))
        if not waiting:
            raise MailingError("Неотправленных писем нет: возможно, их только что отправил другой сотрудник.")
        if len(waiting) != confirmed:
            raise MailingError(f"Сейчас к отправке {letters_words(len(waiting))}, а вы подтвердили {confirmed}.")
        MailingRow.objects.filter(mailing=locked, status=RowStatus.DRAFT, pk__in=waiting).update(
            status=RowStatus.QUEUED
        )
        log(instance=locked, action=SENT, user=actor, data={"letters": len(waiting), "query": query.strip()})
        transaction.on_commit(partial(hand_over_now.enqueue), robust=True)
    return len(waiting)


def cancel(mailing: Mailing, *, actor: Any) -> int:
    """Exclude every letter that has not reached the outbox; return how many."""
    _check(actor)
    with transaction.atomic():
        locked = _lock(mailing)
        stopped = locked.rows.filter(status__in=[RowStatus.DRAFT, RowStatus.QUEUED]).update(status=RowStatus.LEFT_OUT)
        log(instance=locked, action=CANCELLED, user=actor, data={"letters": stopped})
    return stopped


def repeat_failed(mailing: Mailing, *, actor: Any) -> int:
    """Put the letters that the outbox gave up back into its queue; return how many."""
    _check(actor)
    failed = mailing.rows.filter(letter__status=LetterStatus.FAILED).select_related("letter")
    with transaction.atomic():
        again = sum(letters.resend(row.letter) for row in failed if row.letter is not None)
        log(instance=mailing, action=REPEATED, user=actor, data={"letters": again})
    return again


@task()
def hand_over_now() -> int:
    """Hand over what was just let go, without waiting for the next minute."""
    return hand_over()


def hand_over() -> int:
    """Write the letters of what was let go into the outbox; return how many. A duty of every minute, safe to repeat.

    A row and its letter change in one transaction, and the key of the letter is the row's: a worker killed here leaves
    the row either untouched or handed over, never twice.
    """
    handed = 0
    while True:
        waiting = MailingRow.objects.filter(status=RowStatus.QUEUED).order_by("pk")
        rows = list(waiting.select_related("mailing", "user")[:_CHUNK])
        refused = _refused(row.user_id for row in rows)
        for row in rows:
            handed += _hand_over(row, refused)
        if len(rows) < _CHUNK:
            return handed


def _hand_over(row: MailingRow, refused: set[int | None]) -> bool:
    """Hand over one row; who closed the account or unsubscribed since the draft was made is excluded."""
    necessary = row.mailing.is_necessary
    gone = row.user is not None and (not row.user.is_active or (row.user_id in refused and not necessary))
    with transaction.atomic():
        own = MailingRow.objects.filter(pk=row.pk, status=RowStatus.QUEUED)
        if gone:
            own.update(status=RowStatus.LEFT_OUT)
            return False
        if not own.update(status=RowStatus.HANDED):
            return False
        letter = letters.queue_letter(
            KIND,
            row.email,
            {"subject": row.subject, "text": row.body},
            reply_to=PortalSettings.load().operator_email,
            dedupe_key=f"mailing:{row.pk}",
            unsubscribe_url="" if necessary else _way_out(row),
        )
        MailingRow.objects.filter(pk=row.pk).update(letter=letter)
    return letter is not None


def _way_out(row: MailingRow) -> str:
    if row.unsubscribe_url or row.user is None:
        return row.unsubscribe_url
    return notify.unsubscribe_url(row.user, _group())


def _group() -> str:
    kind = letter_kinds.find(KIND)
    return kind.group if kind else ""


def _refused(users: Any = None) -> set[int | None]:
    """Return the numbers of accounts that want no letters of the office."""
    chosen = LetterChoice.objects.filter(group=_group(), way=LetterWay.NEVER)
    if users is not None:
        chosen = chosen.filter(user__in=[user for user in users if user])
    return set(chosen.values_list("user_id", flat=True))


def _lock(mailing: Mailing) -> Mailing:
    return Mailing.objects.select_for_update(of=("self",)).get(pk=mailing.pk)


def _check(actor: Any) -> None:
    if not may_mail(actor):
        raise PermissionDenied
