"""What subscriptions hold of people (see `portal.core.privacy`)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.dispatch import receiver
from django.utils import timezone

from portal.core import privacy
from portal.core.models import Consent
from portal.subscriptions.models import Subscription


def _subscriptions(person: privacy.Person) -> QuerySet[Subscription]:
    return Subscription.objects.filter(email__in=person.emails)


def _end(person: privacy.Person) -> Iterable[str]:
    if count := _subscriptions(person).filter(ended_at=None).update(ended_at=timezone.now()):
        yield f"прекращено подписок: {count}"


def _erase(person: privacy.Person) -> Iterable[str]:
    if count := _subscriptions(person).delete()[0]:
        yield f"удалено подписок: {count}"


@receiver(privacy.consent_withdrawn)
def end_without_consent(consent: Consent, **kwargs: Any) -> None:
    """No letter is sent without the consent that it rests on."""
    Subscription.objects.filter(consent=consent, ended_at=None).update(ended_at=timezone.now())


privacy.register(Subscription, find=_subscriptions, hide=_end, erase=_erase, label="Подписки")
