"""Letters as files: what is sent while no mail server is named, readable in any editor."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone
from django.utils.text import slugify
from wagtail.coreutils import string_to_ascii

_NAME_LENGTH = 60


class FileBackend(BaseEmailBackend):
    """Writes each letter to a UTF-8 file of its own under EMAIL_FILE_PATH: headers as people read them, then the text.

    The file appears whole or not at all; its name holds the time, the recipient and the subject, so that a listing
    in the order of names is the order of sending.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = Path(str(settings.EMAIL_FILE_PATH))  # type: ignore[misc]
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            self._write(folder, message)
        return len(email_messages)

    def _write(self, folder: Path, message: EmailMessage) -> None:
        now = timezone.localtime()
        lines = [
            f"От: {message.from_email}",
            f"Кому: {', '.join(message.to)}",
            *([f"Ответить: {', '.join(message.reply_to)}"] if message.reply_to else []),
            f"Тема: {message.subject}",
            f"Дата: {now:%d.%m.%Y %H:%M:%S %z}",
            "",
            str(message.body),
        ]
        # A temporary name of another suffix: whoever waits for *.txt never reads a half of a letter.
        handle, temporary = tempfile.mkstemp(dir=folder, suffix=".part")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write("\n".join(lines).rstrip() + "\n")
        Path(temporary).replace(folder / self._name(message, f"{now:%Y%m%d-%H%M%S-%f}"))

    def _name(self, message: EmailMessage, stamp: str) -> str:
        recipient = "".join(
            char if char.isascii() and (char.isalnum() or char in "@.-+_") else "_" for char in message.to[0]
        )
        subject = slugify(string_to_ascii(str(message.subject)))[:_NAME_LENGTH].strip("-")
        return f"{stamp}-{recipient[:_NAME_LENGTH]}-{subject or 'bez-temy'}.txt"
