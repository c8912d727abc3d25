"""Where one letter of a mailing stands."""

from __future__ import annotations

from django.db import models


class RowStatus(models.TextChoices):
    DRAFT = "draft", "не отправлено"
    QUEUED = "queued", "к отправке"
    HANDED = "handed", "в исходящих"  # from here on the outbox knows what became of it
    LEFT_OUT = "left_out", "исключено"
