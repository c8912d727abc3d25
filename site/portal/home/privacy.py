"""What the feedback form holds of people (see `portal.core.privacy`)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.dispatch import receiver

from portal.core import privacy
from portal.core.models import Consent
from portal.home.models import FeedbackMessage


def _messages(person: privacy.Person) -> QuerySet[FeedbackMessage]:
    return FeedbackMessage.objects.filter(email__in=person.emails)


def _erase(person: privacy.Person) -> Iterable[str]:
    if count := _messages(person).delete()[0]:
        yield f"удалено обращений: {count}"


@receiver(privacy.consent_withdrawn)
def forget_message(consent: Consent, **kwargs: Any) -> None:
    """A message is not kept without the consent that it came with."""
    FeedbackMessage.objects.filter(consent=consent).delete()


privacy.register(FeedbackMessage, find=_messages, hide=privacy.nothing, erase=_erase, label="Обращения")
