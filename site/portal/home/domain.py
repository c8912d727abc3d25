"""Verbs of the feedback."""

from __future__ import annotations

from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from portal.core.letters import queue_letter
from portal.core.models import PortalSettings
from portal.core.models.privacy import ConsentPurpose
from portal.core.privacy import give_consent
from portal.home.models import FeedbackMessage


def sent_with(send_token: str) -> FeedbackMessage | None:
    """Return the message that came with this one-time token, if any: a second click, F5, a form gone back to."""
    return FeedbackMessage.objects.filter(send_token=send_token).first()


def is_same(message: FeedbackMessage, data: dict[str, Any]) -> bool:
    """Tell whether the cleaned fields `data` say what `message` says."""
    return all(getattr(message, name) == data[name] for name in ("email", "subject", "text"))


def receive_feedback(data: dict[str, Any], *, send_token: str, address: str) -> FeedbackMessage:
    """Store a visitor's message with the consent to answer it, and queue a letter to the office.

    `data` holds the cleaned fields of the form. The same `send_token` again returns the first message:
    a second click or F5 makes neither a second record nor a second letter.
    """
    earlier = sent_with(send_token)
    if earlier:
        return earlier
    try:
        with transaction.atomic():
            return _store(data, send_token=send_token, address=address)
    except IntegrityError:
        return FeedbackMessage.objects.get(send_token=send_token)


def _store(data: dict[str, Any], *, send_token: str, address: str) -> FeedbackMessage:
    consent = give_consent(
        ConsentPurpose.FEEDBACK,
        email=data["email"],
        person=data["name"],
        address=address,
        basis="форма обратной связи",
    )
    message = FeedbackMessage.objects.create(
        name=data["name"],
        email=data["email"],
        subject=data["subject"],
        text=data["text"],
        page_url=data["page_url"],
        send_token=send_token,
        consent=consent,
    )
    office = PortalSettings.load().operator_email or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    page = f"{settings.SITE_URL}{message.page_url}" if message.page_url.startswith("/") else message.page_url
    queue_letter(
        "feedback",
        office,
        {
            "name": message.name or "не назвался",
            "email": message.email,
            "subject": message.subject,
            "text": message.text,
            "page": page or "не указана",
        },
        reply_to=message.email,
        dedupe_key=f"feedback:{message.pk}",
    )
    return message
