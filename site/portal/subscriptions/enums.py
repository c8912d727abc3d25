"""What one may subscribe to."""

from __future__ import annotations

from django.db import models


class Target(models.TextChoices):
    """The values stand in addresses: /subscribe/?to=news, /subscribe/?to=topic&topic=<slug>."""

    NEWS = "news", "новости"
    EVENTS = "events", "события"
    TOPIC = "topic", "тема"
