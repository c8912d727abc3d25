"""Letters of the office to many people at once: read and corrected as drafts, sent with the number confirmed."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from portal.core import audiences, letter_kinds
from portal.core.models import Letter
from portal.mailing.enums import RowStatus


class Mailing(models.Model):
    """One message of the office to a circle of people; its letters are rows that wait as drafts."""

    title = models.CharField("название", max_length=120, help_text="Видят только сотрудники.")
    audience = models.CharField("кому", max_length=60)
    subject = models.CharField("тема письма", max_length=250)
    body = models.TextField("текст письма", max_length=20_000)
    is_necessary = models.BooleanField(
        "приходит и тем, кто отказался от писем портала",
        default=False,
        help_text="Только для того, без чего человек потеряет срок или право.",
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="кто подготовил",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField("создана", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "рассылка"
        verbose_name_plural = "рассылки"
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def audience_label(self) -> str:
        """The circle of people in words; its name when no room knows it any more."""
        known = audiences.find(self.audience)
        return known.label if known else self.audience

    def placeholders(self) -> dict[str, tuple[str, str]]:
        """Return what may stand in the text: name → (meaning, sample)."""
        known = audiences.find(self.audience)
        own = {"name": ("как обращаться к человеку, для неизвестного — «коллега»", "Анна Петровна")}
        return {**own, **(known.placeholders if known else {})}

    def clean(self) -> None:
        """Refuse placeholders that the circle does not know and a line break in the subject."""
        errors = {}
        known = {*self.placeholders(), *letter_kinds.COMMON}
        for name in ("subject", "body"):
            unknown = sorted(set(letter_kinds.PLACEHOLDER.findall(getattr(self, name))) - known)
            if unknown:
                errors[name] = "Нет такой подстановки: " + ", ".join(f"{{{word}}}" for word in unknown) + "."
        if audiences.find(self.audience) is None:
            errors["audience"] = "Выберите, кому писать."
        if errors:
            raise ValidationError(errors)


class MailingRow(models.Model):
    """One letter of a mailing to one mailbox: a draft to read and correct, then a letter of the outbox."""

    mailing = models.ForeignKey(Mailing, verbose_name="рассылка", on_delete=models.CASCADE, related_name="rows")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="mailing_rows"
    )
    email = models.EmailField("кому")
    subject = models.CharField("тема", max_length=250)
    body = models.TextField("текст", max_length=20_000)
    is_corrected = models.BooleanField("исправлено", default=False)
    unsubscribe_url = models.URLField(max_length=600, blank=True)
    status = models.CharField("состояние", max_length=10, choices=RowStatus, default=RowStatus.DRAFT)
    letter = models.OneToOneField(Letter, null=True, blank=True, on_delete=models.SET_NULL, related_name="mailing_row")

    class Meta:
        verbose_name = "письмо рассылки"
        verbose_name_plural = "письма рассылок"
        ordering = ["email"]
        constraints = [models.UniqueConstraint(fields=["mailing", "email"], name="mailing_mailbox_once")]
        indexes = [models.Index(fields=["mailing", "status"], name="mailing_row_status")]

    def __str__(self) -> str:
        return f"{self.subject} → {self.email}"

    @property
    def state(self) -> str:
        """Where the letter stands, in words: of the outbox once it is there."""
        if self.letter is not None:
            return str(self.letter.get_status_display())
        return "письмо удалено" if self.status == RowStatus.HANDED else str(self.get_status_display())
