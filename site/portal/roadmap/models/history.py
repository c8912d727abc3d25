"""The history of a plan: what was moved, from what to what, why and by which order."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from portal.roadmap.enums import ChangeKind
from portal.roadmap.models.pages import RoadmapPage
from portal.roadmap.models.plan import PlanItem


class PlanChange(models.Model):
    """One change of an item; the public sees those of dates and statuses."""

    plan = models.ForeignKey(RoadmapPage, verbose_name="план", on_delete=models.CASCADE, related_name="changes")
    item = models.ForeignKey(
        PlanItem, verbose_name="пункт", null=True, blank=True, on_delete=models.CASCADE, related_name="changes"
    )
    kind = models.CharField("что", max_length=20, choices=ChangeKind)
    before = models.JSONField("было", default=dict)
    after = models.JSONField("стало", default=dict)
    reason = models.TextField("основание", blank=True)
    order_number = models.CharField("№ приказа", max_length=60, blank=True)
    order_date = models.DateField("дата приказа", null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="кто",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="plan_changes",
    )
    made_at = models.DateTimeField("когда", default=timezone.now)

    class Meta:
        verbose_name = "изменение плана"
        verbose_name_plural = "изменения плана"
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.item or self.plan}"
