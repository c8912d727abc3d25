"""When applications are received."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class IntakeWindow(models.Model):
    """A time in which a procedure receives applications; a procedure without windows receives all the year round."""

    procedure = models.CharField("процедура", max_length=40)
    title = models.CharField("название", max_length=200)
    opens_at = models.DateTimeField("открывается")
    closes_at = models.DateTimeField("закрывается", help_text="Последняя секунда приёма, по часам портала.")

    class Meta:
        verbose_name = "срок приёма"
        verbose_name_plural = "сроки приёма"
        ordering = ["-opens_at"]
        constraints = [
            models.CheckConstraint(condition=models.Q(closes_at__gt=models.F("opens_at")), name="window_has_length")
        ]

    def __str__(self) -> str:
        return self.title


class IntakeExtension(models.Model):
    """A later closing for one organisation, given by the moderator with a reason."""

    window = models.ForeignKey(IntakeWindow, verbose_name="срок", on_delete=models.CASCADE, related_name="extensions")
    organisation = models.ForeignKey(
        "organisations.Organisation", verbose_name="организация", on_delete=models.CASCADE, related_name="+"
    )
    until = models.DateTimeField("до")
    reason = models.CharField("причина", max_length=500)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "продление приёма"
        verbose_name_plural = "продления приёма"

    def __str__(self) -> str:
        return f"{self.organisation}: до {self.until:%d.%m.%Y %H:%M}"
