"""What the reference data have brought in once."""

from __future__ import annotations

from django.db import models


class ReferenceEntry(models.Model):
    """A row of the reference data that `setup_portal` has already offered.

    It is not offered again: a value that editors renamed stays renamed, one that they deleted stays deleted.
    """

    kind = models.CharField(max_length=30)
    slug = models.CharField(max_length=100)

    class Meta:
        verbose_name = "строка исходных данных"
        verbose_name_plural = "строки исходных данных"
        constraints = [models.UniqueConstraint(fields=["kind", "slug"], name="reference_entry_once")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.slug}"
