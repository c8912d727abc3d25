"""What the worker leaves in the database about itself: heartbeats, and when each regular duty ran."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class WorkerBeat(models.Model):
    """A worker process that is alive: it renews its row every few seconds; a row grown old means it was killed."""

    worker_id = models.CharField(max_length=64, unique=True)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "рабочий процесс"
        verbose_name_plural = "рабочие процессы"

    def __str__(self) -> str:
        return self.worker_id


class Duty(models.Model):
    """A regular duty: when it is due, who runs it now, and how its last run ended. One row locks it for all workers."""

    name = models.CharField(max_length=100, unique=True)
    due_at = models.DateTimeField()
    runner = models.CharField(max_length=64, blank=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    event_number = models.CharField(max_length=8, blank=True)

    class Meta:
        verbose_name = "регулярная работа"
        verbose_name_plural = "регулярные работы"

    def __str__(self) -> str:
        return self.name
