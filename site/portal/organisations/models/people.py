"""Who belongs to an organisation and who coordinates a municipality."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from portal.organisations.enums import MemberRole
from portal.organisations.models.registry import Municipality, Organisation


class MembershipQuerySet(models.QuerySet["Membership"]):
    def active(self) -> MembershipQuerySet:
        """Memberships that hold now."""
        return self.filter(ended_at=None)

    def heads(self) -> MembershipQuerySet:
        """Heads, of now and former ones."""
        return self.filter(role=MemberRole.HEAD)


class Membership(models.Model):
    """A person of an organisation. It ends and is never deleted: work stays where it was done."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="человек", on_delete=models.CASCADE, related_name="memberships"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name="организация", on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField("роль", max_length=10, choices=MemberRole, default=MemberRole.AUTHOR)
    since = models.DateTimeField("с", default=timezone.now)
    ended_at = models.DateTimeField("закончилось", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="подтвердил",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="закончил",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "участие в организации"
        verbose_name_plural = "участие в организациях"
        ordering = ["organisation", "-role", "since"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation"], condition=models.Q(ended_at=None), name="membership_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.organisation}, {self.get_role_display()}"


class CoordinationQuerySet(models.QuerySet["Coordination"]):
    def active(self) -> CoordinationQuerySet:
        """Assignments whose days include today."""
        today = timezone.localdate()
        return self.filter(ended_at=None, since__lte=today).filter(models.Q(until=None) | models.Q(until__gte=today))


class Coordination(models.Model):
    """A person of the municipal office (МОУО) who coordinates a municipality; a substitute has a last day."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="человек", on_delete=models.CASCADE, related_name="coordinations"
    )
    municipality = models.ForeignKey(
        Municipality,
        verbose_name="муниципалитет",
        on_delete=models.CASCADE,
        related_name="coordinations",
        limit_choices_to={"parent": None},
    )
    since = models.DateField("с", default=timezone.localdate)
    until = models.DateField("по", null=True, blank=True, help_text="Последний день замещения; пусто, если бессрочно.")
    ended_at = models.DateTimeField("снят", null=True, blank=True)
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="назначил",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = CoordinationQuerySet.as_manager()

    class Meta:
        verbose_name = "координатор муниципалитета"
        verbose_name_plural = "координаторы муниципалитетов"
        ordering = ["municipality", "since"]

    def __str__(self) -> str:
        return f"{self.user}: {self.municipality}"

    @property
    def is_active(self) -> bool:
        """Whether its days include today."""
        today = timezone.localdate()
        return self.ended_at is None and self.since <= today and (self.until is None or self.until >= today)
