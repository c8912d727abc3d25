"""Whether what a published practice says still holds: on the shelf, permitted, confirmed."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from practices.models.page import PracticePage


class PracticeStandingQuerySet(models.QuerySet["PracticeStanding"]):
    def off_lists(self) -> PracticeStandingQuerySet:
        """Practices that no list shows: on the shelf, or without the permission of their organisation."""
        return self.filter(Q(archived_on__isnull=False) | Q(permission_withdrawn_on__isnull=False))


class PracticeStanding(models.Model):
    """What became of a practice after its publication; beside the page, so that no draft of it brings the old back."""

    page = models.OneToOneField(PracticePage, on_delete=models.CASCADE, related_name="standing")
    archived_on = models.DateField("в архиве с", null=True, blank=True)
    archive_reason = models.CharField("почему в архиве", max_length=500, blank=True)
    successor = models.ForeignKey(
        PracticePage,
        verbose_name="заменена практикой",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="replaced",
    )
    permission_withdrawn_on = models.DateField("разрешение отозвано", null=True, blank=True)
    confirmed_on = models.DateField("подтверждена", null=True, blank=True)
    asked_on = models.DateField("подтверждение спрошено", null=True, blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="кто изменил",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects: ClassVar[Any] = PracticeStandingQuerySet.as_manager()

    class Meta:
        verbose_name = "положение практики"
        verbose_name_plural = "положения практик"

    def __str__(self) -> str:
        return f"{self.page_id}: {self.archive_reason or 'в банке'}"
