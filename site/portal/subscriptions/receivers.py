"""What subscriptions do when something below changes."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from portal.subscriptions.models import Subscription
from portal.vocabularies.domain.tags import topics_merged
from portal.vocabularies.models import Tag


@receiver(topics_merged)
def follow_topic(source: Tag, into: Tag, **kwargs: Any) -> None:
    """Go on telling who subscribed to a topic that became another; of two subscriptions of a mailbox one is left."""
    known = list(Subscription.objects.filter(tag=into).values_list("email", flat=True))
    Subscription.objects.filter(tag=source).exclude(email__in=known).update(tag=into)
