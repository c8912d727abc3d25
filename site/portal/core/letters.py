"""The outbox: letters are rows written beside what they tell of and leave after the commit, once.

Sending never happens in a request. The web process writes the row; after the commit a task is queued for the worker,
and the worker's minute tick picks up whatever a lost task, a dead worker or a silent mail server left behind.
"""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Mapping
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django_tasks import task

from portal.core import letter_kinds
from portal.core.enclosures import build_enclosure
from portal.core.models import Letter, LetterTemplate, PortalSettings
from portal.core.models.letters import LetterStatus

logger = logging.getLogger("portal.letters")

# After each failed attempt; together a little under two days, then the letter is given up and shown as failed.
RETRY_MINUTES = (1, 5, 15, 60, 3 * 60, 6 * 60, 12 * 60, 24 * 60)
# How long a claim holds: longer than the slowest hand-over to a mail server (EMAIL_TIMEOUT per step), so a letter
# is taken for abandoned only when its worker is dead.
CLAIM = timedelta(minutes=10)
SUBJECT_LENGTH = 250
UNSUBSCRIBE_WORDS = "Чтобы не получать таких писем, откройте:"


def queue_letter(
    kind: str,
    to: str,
    context: Mapping[str, str],
    *,
    reply_to: str = "",
    secret: bool = False,
    dedupe_key: str | None = None,
    unsubscribe_url: str = "",
    enclosure: str = "",
) -> Letter | None:
    """Write a letter of `kind` to the address `to` into the outbox, within the caller's transaction.

    `context` fills the {placeholders} of the template, as plain text. `secret` marks a one-time link inside: no screen
    shows the text and it is wiped once sent. `unsubscribe_url` is where one click ends such letters: it stands below the
    text and in the headers that mail programs make a button of (RFC 2369, RFC 8058). `enclosure` names a file that the
    sender builds and adds (see `core.enclosures`). A second letter with the same `dedupe_key` is not written: None.
    Raises ValueError for an unknown kind, a wrong address or a line break in the subject.
    """
    letter = Letter(kind=kind, to=to.lower(), reply_to=reply_to.lower(), secret=secret, dedupe_key=dedupe_key)
    letter.unsubscribe_url, letter.enclosure = unsubscribe_url, enclosure
    try:
        for address in (to, *([reply_to] if reply_to else [])):
            validate_email(address)
    except ValidationError as error:
        raise ValueError("letter: wrong address") from error
    letter.subject, letter.body = compose(kind, context)
    if unsubscribe_url:
        letter.body = f"{letter.body.rstrip()}\n\n{UNSUBSCRIBE_WORDS}\n{unsubscribe_url}\n"
    if dedupe_key and Letter.objects.filter(dedupe_key=dedupe_key).exists():
        return None
    try:
        with transaction.atomic():
            letter.save()
    except IntegrityError:
        if not dedupe_key:
            raise
        return None  # the same letter was queued at the same moment
    transaction.on_commit(partial(_enqueue, letter.pk), robust=True)
    return letter


def compose(kind: str, context: Mapping[str, str]) -> tuple[str, str]:
    """Return subject and body of a letter of `kind`: the edited template, or the wording from the code.

    Raises ValueError for an unknown kind and for a line break in the subject (it could add headers).
    """
    template: LetterTemplate | letter_kinds.LetterKind | None
    template = LetterTemplate.objects.filter(kind=kind).first() or letter_kinds.find(kind)
    if template is None:
        raise ValueError(f"letter: unknown kind {kind}")
    portal = PortalSettings.load()
    common = {
        "portal_name": portal.portal_name,
        "region_name": portal.region_name,
        "operator_email": portal.operator_email,
        "site": settings.SITE_URL,
    }
    values = {name: str(value) for name, value in {**common, **context}.items()}
    subject = letter_kinds.substitute(template.subject, values)
    if "\n" in subject or "\r" in subject:
        raise ValueError("letter: line break in the subject")
    return subject[:SUBJECT_LENGTH], letter_kinds.substitute(template.body, values)


def _enqueue(pk: int) -> None:
    send_letter.enqueue(pk)


@task()
def send_letter(pk: int) -> bool:
    """Send the letter now if nobody else does; return whether it left. Failures wait in the row for their retry."""
    letter = _claim(pk)
    if letter is None:
        return False
    with _Mailer() as mailer:
        return mailer.send(letter)


def deliver_due_letters(*, limit: int = 200) -> int:
    """Send what is due, oldest first, at most `limit`; return how many left. Called by the worker every minute.

    A server that does not answer ends the round at once: the others would each wait for the same silence.
    """
    sent = 0
    with _Mailer() as mailer:
        for pk in Letter.objects.due().order_by("next_attempt_at", "pk").values_list("pk", flat=True)[:limit]:
            letter = _claim(pk)
            if letter is not None and mailer.send(letter):
                sent += 1
            if mailer.is_down:
                break
    return sent


def resend(letter: Letter) -> bool:
    """Put a given-up letter back into the queue; False for one with a one-time link, which is wiped and out of date."""
    again = Letter.objects.filter(pk=letter.pk, status=LetterStatus.FAILED, secret=False).update(
        status=LetterStatus.QUEUED, attempts=0, next_attempt_at=timezone.now()
    )
    if again:
        transaction.on_commit(partial(_enqueue, letter.pk), robust=True)
    return bool(again)


def _claim(pk: int) -> Letter | None:
    """Take the letter for this process by one conditional UPDATE; None when another has it or it is not due.

    The rule for a worker killed between claim and mark: its claim runs out after CLAIM and the letter is due again. It
    is never lost; it is sent twice only if the kill fell between the mail server's «250 OK» and our next statement,
    which SMTP gives no means to tell, and then both copies bear one Message-ID.
    """
    now = timezone.now()
    taken = (
        Letter.objects.due()
        .filter(pk=pk)
        .update(status=LetterStatus.SENDING, attempts=F("attempts") + 1, next_attempt_at=now + CLAIM)
    )
    return Letter.objects.get(pk=pk) if taken else None


class _Mailer:
    """One connection to the mail server for several letters, opened for the first of them."""

    def __init__(self) -> None:
        self.is_down = False
        self._connection: BaseEmailBackend | None = None

    def __enter__(self) -> _Mailer:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._connection is not None:
            try:
                self._connection.close()
            except OSError as error:
                logger.warning("mail server: %s", error)

    def send(self, letter: Letter) -> bool:
        """Hand over a claimed letter and write down what came of it."""
        try:
            if self._connection is None:
                connection = get_connection(settings.LETTERS_BACKEND)
                connection.open()
                self._connection = connection
            self._message(letter).send()
        except smtplib.SMTPRecipientsRefused as error:
            permanent = all(code >= 500 for code, _text in error.recipients.values())
            _mark_failed_attempt(letter, "Почтовый сервер не принял адрес получателя.", error, give_up=permanent)
            return False
        except (OSError, smtplib.SMTPException) as error:
            self.is_down = not isinstance(error, smtplib.SMTPResponseException)
            _mark_failed_attempt(letter, "Почтовый сервер не принял письмо.", error)
            return False
        except Exception as error:
            # A letter that cannot be built must not stop the others.
            logger.exception("letter %s", letter.pk)
            _mark_failed_attempt(letter, "Письмо не удалось составить.", error)
            return False
        _mark_sent(letter)
        return True

    def _message(self, letter: Letter) -> EmailMessage:
        headers = {"Message-ID": letter.message_id, "Auto-Submitted": "auto-generated"}
        if letter.unsubscribe_url:
            headers["List-Unsubscribe"] = f"<{letter.unsubscribe_url}>"
            headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        message = EmailMessage(
            letter.subject,
            letter.body,
            settings.DEFAULT_FROM_EMAIL,
            [letter.to],
            reply_to=[letter.reply_to] if letter.reply_to else None,
            headers=headers,
            connection=self._connection,
        )
        if letter.enclosure:
            file = build_enclosure(letter.enclosure)
            message.attach(file.name, file.content, file.media_type)
        return message


def _mark_sent(letter: Letter) -> None:
    changes: dict[str, object] = {"status": LetterStatus.SENT, "sent_at": timezone.now(), "last_error": ""}
    if letter.secret:
        changes["body"] = ""
    Letter.objects.filter(pk=letter.pk).update(**changes)


def _mark_failed_attempt(letter: Letter, sentence: str, error: Exception, *, give_up: bool = False) -> None:
    tried = letter.attempts
    give_up = give_up or tried > len(RETRY_MINUTES)
    changes: dict[str, object] = {"last_error": f"{sentence} {type(error).__name__}: {error}"[:1000]}
    if give_up:
        changes["status"] = LetterStatus.FAILED
        if letter.secret:
            changes["body"] = ""
    else:
        changes["status"] = LetterStatus.QUEUED
        changes["next_attempt_at"] = timezone.now() + timedelta(minutes=RETRY_MINUTES[tried - 1])
    Letter.objects.filter(pk=letter.pk).update(**changes)
    logger.warning("letter %s, attempt %s: %s", letter.pk, tried, type(error).__name__)
