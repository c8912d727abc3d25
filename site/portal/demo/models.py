"""What the demonstration loader has loaded."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class DemoLoad(models.Model):
    """A piece of demonstration that was loaded once: what people change or delete afterwards is never made again."""

    key = models.CharField("что загружено", max_length=120, unique=True)
    loaded_at = models.DateTimeField("когда", default=timezone.now)

    class Meta:
        verbose_name = "загруженная часть демонстрации"
        verbose_name_plural = "загруженные части демонстрации"
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key
