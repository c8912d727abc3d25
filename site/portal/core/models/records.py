"""History of procedures."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class ProcedureRecord(models.Model):
    """Abstract line of a procedure's history: who did what, when, from where to where, with what words; never edited."""

    action = models.CharField("действие", max_length=40)
    source = models.CharField("было", max_length=30, blank=True)
    target = models.CharField("стало", max_length=30, blank=True)
    comment = models.TextField("слова", blank=True)
    details = models.JSONField("подробности", default=dict, blank=True)  # old and new values of what was changed
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="кто",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Пусто: сам портал, по сроку.",
    )
    at = models.DateTimeField("когда", default=timezone.now)

    class Meta:
        abstract = True
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.action}: {self.source} → {self.target}"
