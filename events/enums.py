"""Closed lists of events that are code, not content."""

from __future__ import annotations

from django.db import models

SECTION_URL = "/events/"  # fixed by the design: the section's slug is locked


class EventFormat(models.TextChoices):
    """How one takes part; the values stand in addresses of filtered lists."""

    ON_SITE = "ochno", "очно"
    ONLINE = "onlayn", "онлайн"
    MIXED = "smeshannyy", "смешанный"

    @property
    def words(self) -> str:
        """The format as a line of its own: «Очно и онлайн»."""
        return {"ochno": "Очно", "onlayn": "Онлайн", "smeshannyy": "Очно и онлайн"}[self.value]


class EventState(models.TextChoices):
    """What became of the announcement; whether an event is over follows from its hours."""

    PLANNED = "planned", "по плану"
    POSTPONED = "postponed", "перенесено"
    CANCELLED = "cancelled", "отменено"


class PlanDelivery(models.TextChoices):
    """How far a yearly plan has gone in a municipality; each step follows the one before it."""

    WAITING = "waiting", "не направлен"
    SENT = "sent", "направлен"
    RECEIVED = "received", "получен"
    HELD = "held", "проведено"
