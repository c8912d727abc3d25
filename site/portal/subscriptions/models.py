"""Subscriptions by e-mail of people without an account."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from portal.core.models import Consent
from portal.subscriptions.enums import Target
from portal.vocabularies.models import Tag

CONFIRM_WITHIN = timedelta(days=7)


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def active(self) -> SubscriptionQuerySet:
        """Subscriptions that letters are sent for: confirmed by the mailbox and not ended."""
        return self.exclude(confirmed_at=None).filter(ended_at=None)


class Subscription(models.Model):
    """One mailbox's wish to hear of what is new in one place; letters come only after the mailbox has confirmed it."""

    email = models.EmailField("электронная почта")
    target = models.CharField("на что", max_length=10, choices=Target)
    tag = models.ForeignKey(
        Tag, verbose_name="тема", null=True, blank=True, on_delete=models.CASCADE, related_name="subscriptions"
    )
    asked_at = models.DateTimeField("запрошена", default=timezone.now)
    confirmed_at = models.DateTimeField("подтверждена", null=True, blank=True)
    ended_at = models.DateTimeField("прекращена", null=True, blank=True)
    consent = models.ForeignKey(
        Consent,
        verbose_name="согласие",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="subscriptions",
    )
    # What was published until this moment has been told of, or was there before the subscription.
    told_until = models.DateTimeField("рассказано до", default=timezone.now)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = "подписка"
        verbose_name_plural = "подписки"
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["email", "target"], condition=Q(tag=None), name="subscription_section_once"
            ),
            models.UniqueConstraint(fields=["email", "tag"], condition=~Q(tag=None), name="subscription_topic_once"),
            models.CheckConstraint(condition=Q(target=Target.TOPIC) ^ Q(tag=None), name="subscription_topic_has_tag"),
        ]

    def __str__(self) -> str:
        return f"{self.email}: {self.what}"

    @property
    def what(self) -> str:
        """What the subscription is to, in words: «Новости», «Тема «Природа края»»."""
        if self.tag is not None:
            return f"Тема «{self.tag.name}»"
        return str(self.get_target_display()).capitalize()

    @property
    def state(self) -> str:
        """Where the subscription stands, for the office."""
        if self.ended_at:
            return "прекращена"
        return "действует" if self.confirmed_at else "ждёт подтверждения"
