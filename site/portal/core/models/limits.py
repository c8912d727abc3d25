"""Counters of limited actions as rows: every process sees them and an emptied cache forgets none."""

from __future__ import annotations

from django.db import models


class LimitHit(models.Model):
    """One use of a limited action by one source: an address of the network, an account, an e-mail."""

    action = models.CharField(max_length=40)
    source = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "учтённая попытка"
        verbose_name_plural = "учтённые попытки"
        indexes = [models.Index(fields=["action", "source", "at"], name="limit_lookup")]

    def __str__(self) -> str:
        return f"{self.action} {self.at:%H:%M:%S}"
