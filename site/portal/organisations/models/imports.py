"""An uploaded table of organisations between its check and its confirmation."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils import timezone

STALE_AFTER = dt.timedelta(minutes=5)


class ImportStatus(models.TextChoices):
    CHECKING = "checking", "проверяется"
    CHECKED = "checked", "проверена"
    WRITING = "writing", "записывается"
    DONE = "done", "загружена"
    REFUSED = "refused", "не принята"


class OrganisationImport(models.Model):
    """A table that someone uploaded: its bytes until it is loaded or given up, and what was found in it.

    The bytes lie in the database and not on a disk: the web and the worker see the same ones, no address leads to
    them, and they go together with the row.
    """

    name = models.CharField("файл", max_length=200)
    content = models.BinaryField("содержание", blank=True, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="кто загрузил",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField("когда", auto_now_add=True)
    touched_at = models.DateTimeField(auto_now=True)
    status = models.CharField("состояние", max_length=10, choices=ImportStatus, default=ImportStatus.CHECKING)
    rows_read = models.PositiveIntegerField("прочитано строк", default=0)
    report = models.JSONField("итог", default=dict)

    class Meta:
        verbose_name = "загрузка организаций"
        verbose_name_plural = "загрузки организаций"
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_running(self) -> bool:
        """Whether the worker has still something to do with it."""
        return self.status in {ImportStatus.CHECKING, ImportStatus.WRITING}

    @property
    def is_stale(self) -> bool:
        """Whether the work seems to have been cut off: nothing has moved for minutes, so it may be started again."""
        return self.is_running and self.touched_at < timezone.now() - STALE_AFTER
