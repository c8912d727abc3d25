"""Letters that a library sends by itself (Wagtail's about agreement on pages) go through the outbox like our own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from portal.core.letters import queue_letter
from portal.core.text import normalise_text, single_line

_GAP = re.compile(r"\n\s*\n\s*\n")


class OutboxBackend(BaseEmailBackend):
    """EMAIL_BACKEND of the portal: writes a row for each recipient, so that no request waits for a mail server.

    What leaves later goes by LETTERS_BACKEND. An HTML form of the letter is dropped.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        with transaction.atomic():
            for message in email_messages:
                words = {
                    "subject": single_line(str(message.subject)),
                    "text": _GAP.sub("\n\n", normalise_text(str(message.body))),
                }
                for recipient in message.recipients():
                    queue_letter("notice", recipient, words, reply_to=next(iter(message.reply_to), ""))
        return len(email_messages)
