"""Colleagues invited to a draft."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from portal.intake.enums import CollaboratorRole


class Collaborator(models.Model):
    """Abstract right of a person outside the circle of the application to see or to edit it."""

    email = models.EmailField("электронная почта")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="человек",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="%(app_label)s_%(class)ss",
    )
    role = models.CharField("роль", max_length=10, choices=CollaboratorRole, default=CollaboratorRole.EDIT)
    token_digest = models.CharField(max_length=64, blank=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    invited_at = models.DateTimeField("приглашён", default=timezone.now)
    accepted_at = models.DateTimeField("принял", null=True, blank=True)
    ended_at = models.DateTimeField("доступ закрыт", null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.email
