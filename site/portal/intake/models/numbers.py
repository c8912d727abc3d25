"""Numbers of applications."""

from __future__ import annotations

from django.db import models


class NumberSeries(models.Model):
    """The last number given in a series of one year: ПР-2026-014 is the 14th of «ПР» in 2026."""

    series = models.CharField("ряд", max_length=10)
    year = models.PositiveSmallIntegerField("год")
    last = models.PositiveIntegerField("последний номер", default=0)

    class Meta:
        verbose_name = "ряд номеров"
        verbose_name_plural = "ряды номеров"
        constraints = [models.UniqueConstraint(fields=["series", "year"], name="number_series_once")]

    def __str__(self) -> str:
        return f"{self.series}-{self.year}"
