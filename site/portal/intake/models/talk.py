"""Words between the office and the author."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from portal.intake.enums import RemarkAnswer


class Remark(models.Model):
    """Abstract remark to one field (or to the whole, when `field` is blank) of one round of revision, with the answer."""

    round = models.PositiveSmallIntegerField("круг")
    field = models.CharField("поле", max_length=60, blank=True)
    text = models.TextField("замечание", max_length=2000)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    written_at = models.DateTimeField(default=timezone.now)
    answer = models.CharField("ответ", max_length=10, choices=RemarkAnswer, blank=True)
    answer_text = models.TextField("пояснение", max_length=2000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["round", "pk"]

    def __str__(self) -> str:
        return self.text[:80]


class Message(models.Model):
    """Abstract message of the thread of an application; an internal one is seen by the office alone."""

    text = models.TextField("сообщение", max_length=4000)
    internal = models.BooleanField("служебная заметка", default=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return self.text[:80]
