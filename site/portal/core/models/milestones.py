"""What has been done once in the life of this database."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class Milestone(models.Model):
    """A mark written when a long preparation has ended, so that a start cut short finishes it and others skip it."""

    name = models.CharField(max_length=60, unique=True)
    signature = models.CharField(max_length=64, blank=True)
    reached_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "отметка о подготовке"
        verbose_name_plural = "отметки о подготовке"

    def __str__(self) -> str:
        return self.name

    @classmethod
    def is_reached(cls, name: str, signature: str = "") -> bool:
        """Tell whether `name` was done, for the same `signature`."""
        return cls.objects.filter(name=name, signature=signature).exists()

    @classmethod
    def reach(cls, name: str, signature: str = "") -> None:
        """Write that `name` is done now."""
        cls.objects.update_or_create(name=name, defaults={"signature": signature, "reached_at": timezone.now()})
