"""The hours in which the portal writes to people by itself."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from portal.mailing.models import LetterSettings


def is_open(settings: LetterSettings, now: datetime | None = None) -> bool:
    """Tell whether it is day by the portal's time: what is due at night waits for the morning."""
    return settings.morning <= timezone.localtime(now).hour < settings.evening
