"""Links that show a draft to somebody without an account."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from wagtail.models import Page


class PreviewLinkQuerySet(models.QuerySet["PreviewLink"]):
    def in_force(self, *, now: datetime | None = None) -> PreviewLinkQuerySet:
        """Links that open their page now."""
        return self.filter(revoked_at=None, expires_at__gt=now or timezone.now())


class PreviewLink(models.Model):
    """One link that opens the latest draft of one page until its day."""

    page = models.ForeignKey(Page, verbose_name="страница", on_delete=models.CASCADE, related_name="preview_links")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="кто создал", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField("когда создана", auto_now_add=True)
    expires_at = models.DateTimeField("действует до")
    revoked_at = models.DateTimeField("когда отозвана", null=True, blank=True)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "ссылка для просмотра"
        verbose_name_plural = "ссылки для просмотра"
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.page.title}: до {timezone.localtime(self.expires_at):%d.%m.%Y %H:%M}"
