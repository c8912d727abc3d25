"""The outbox: every letter is a row written in the same transaction as what it tells of, and leaves after it."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from portal.core import letter_kinds as kinds


class LetterStatus(models.TextChoices):
    QUEUED = "queued", "ждёт отправки"
    SENDING = "sending", "отправляется"
    SENT = "sent", "отправлено"
    FAILED = "failed", "не доставлено"


class LetterQuerySet(models.QuerySet["Letter"]):
    def due(self) -> LetterQuerySet:
        """Letters whose time to be sent (again) has come, and those whose sender died and lost its claim."""
        waiting = [LetterStatus.QUEUED, LetterStatus.SENDING]
        return self.filter(status__in=waiting, next_attempt_at__lte=timezone.now())


class Letter(models.Model):
    """A letter to one address, sent once; its text is wiped after sending when it carries a one-time link."""

    kind = models.CharField("вид", max_length=60)
    to = models.EmailField("кому")
    subject = models.CharField("тема", max_length=250)
    body = models.TextField("текст", blank=True)
    reply_to = models.EmailField("ответить на", blank=True)
    unsubscribe_url = models.URLField("отказаться от таких писем", max_length=600, blank=True)
    enclosure = models.CharField("вложение", max_length=120, blank=True, editable=False)  # see `core.enclosures`
    secret = models.BooleanField("содержит одноразовую ссылку", default=False)
    dedupe_key = models.CharField(max_length=120, unique=True, null=True, blank=True, editable=False)
    status = models.CharField("состояние", max_length=10, choices=LetterStatus, default=LetterStatus.QUEUED)
    attempts = models.PositiveSmallIntegerField("попыток", default=0)
    next_attempt_at = models.DateTimeField("следующая попытка", default=timezone.now)
    last_error = models.TextField("последняя ошибка", blank=True)
    created_at = models.DateTimeField("создано", default=timezone.now)
    sent_at = models.DateTimeField("отправлено", null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = "письмо"
        verbose_name_plural = "письма"
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["status", "next_attempt_at"], name="letter_due")]

    def __str__(self) -> str:
        return f"{self.subject} → {self.to}"

    @property
    def message_id(self) -> str:
        """The same in every attempt, so that mail programs show a letter delivered twice as one."""
        host = urlsplit(settings.SITE_URL).hostname or "localhost"
        return f"<letter-{self.pk}-{int(self.created_at.timestamp() * 1_000_000)}@{host}>"


class LetterTemplate(models.Model):
    """Editable wording of one kind of letter; {placeholders} are replaced by plain substitution."""

    kind = models.CharField("вид", max_length=60, unique=True, editable=False)
    title = models.CharField("название", max_length=120)
    subject = models.CharField("тема", max_length=250)
    body = models.TextField("текст")

    class Meta:
        verbose_name = "шаблон письма"
        verbose_name_plural = "шаблоны писем"
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse placeholders that the letter does not know and a letter without the link it is sent for."""
        kind = kinds.find(self.kind)
        if kind:
            errors = {
                name: problem
                for name in ("subject", "body")
                if (problem := kind.problem(getattr(self, name), whole=name == "body"))
            }
            if errors:
                raise ValidationError(errors)
