"""The bell of the cabinet: what a person was told, and which groups of letters the person wants and how often."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class NoticeQuerySet(models.QuerySet["Notice"]):
    def unread(self) -> NoticeQuerySet:
        """Notices that the person has not opened yet."""
        return self.filter(read_at=None)


class Notice(models.Model):
    """One line of the bell: what happened and the address where it is seen; written beside the letter about it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="кому", on_delete=models.CASCADE, related_name="notices"
    )
    kind = models.CharField("вид", max_length=60)
    title = models.CharField("о чём", max_length=250)
    href = models.CharField("адрес на портале", max_length=500)
    created_at = models.DateTimeField("когда", default=timezone.now)
    read_at = models.DateTimeField("прочитано", null=True, blank=True)
    # Whether it waits for the person's next digest in place of a letter of its own.
    for_digest = models.BooleanField("ждёт сводки", default=False)
    dedupe_key = models.CharField(max_length=100, null=True, blank=True, editable=False)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "уведомление"
        verbose_name_plural = "уведомления"
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["user", "-created_at", "-id"], name="notice_list"),
            models.Index(fields=["user"], condition=models.Q(read_at=None), name="notice_unread"),
            models.Index(fields=["user"], condition=models.Q(for_digest=True), name="notice_digest"),
        ]
        constraints = [models.UniqueConstraint(fields=["user", "dedupe_key"], name="notice_once")]

    def __str__(self) -> str:
        return self.title


class LetterWay(models.TextChoices):
    EACH = "each", "каждое письмо сразу"
    DAILY = "daily", "сводкой раз в день"
    WEEKLY = "weekly", "сводкой раз в неделю"
    NEVER = "never", "не присылать"


class LetterChoice(models.Model):
    """How a person wants letters of one group; no row means each letter at once."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="letter_choices")
    group = models.CharField("какие письма", max_length=60)
    way = models.CharField("как присылать", max_length=10, choices=LetterWay)
    changed_at = models.DateTimeField("изменено", auto_now=True)

    class Meta:
        verbose_name = "выбор о письмах"
        verbose_name_plural = "выборы о письмах"
        constraints = [models.UniqueConstraint(fields=["user", "group"], name="letter_choice_once")]

    def __str__(self) -> str:
        return f"{self.group}: {self.get_way_display()}"
