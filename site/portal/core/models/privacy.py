"""Consents to the processing of personal data, as records.

152-ФЗ, art. 9 (as amended by 156-ФЗ): a consent is a separate document with one purpose, and the operator proves it;
art. 10.1: making data open to everybody needs a consent of its own, per category of data.
"""

from __future__ import annotations

import hashlib
import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from wagtail.fields import RichTextField

from portal.core.fields import MatchKeyField
from portal.core.models.settings import PortalSettings

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
CONSENT_PLACEHOLDERS = {
    "operator_name": "владелец портала",
    "operator_address": "адрес владельца",
    "operator_inn": "ИНН владельца",
    "operator_ogrn": "ОГРН владельца",
    "operator_email": "почта для обращений",
    "portal_name": "название портала",
    "region_genitive": "регион в родительном падеже",
    "site": "адрес портала",
}


class ConsentPurpose(models.TextChoices):
    ACCOUNT = "account", "учётная запись на портале"
    FEEDBACK = "feedback", "ответ на обращение"
    SUBSCRIPTION = "subscription", "письма о новом по подписке"
    DISTRIBUTION = "distribution", "распространение: имя автора открыто всем"
    SUBMISSION = "submission", "рассмотрение практики: заявка и переписка о ней"
    PUBLICATION = "publication", "разрешение организации опубликовать практику"


class Disclosure(models.TextChoices):
    """What a consent to distribution opens to everybody, each by its own tick (152-ФЗ art. 10.1)."""

    NAME = "name", "фамилия и имя"
    PATRONYMIC = "patronymic", "отчество"
    POSITION = "position", "должность"
    WORKPLACE = "workplace", "место работы"
    PHOTO = "photo", "фотография"


class ConsentTextQuerySet(models.QuerySet["ConsentText"]):
    def current(self) -> ConsentTextQuerySet:
        """The newest edition in force of every purpose."""
        today = timezone.localdate()
        newer = self.model.objects.filter(
            purpose=models.OuterRef("purpose"), version__gt=models.OuterRef("version"), in_force_from__lte=today
        )
        return self.filter(in_force_from__lte=today).exclude(models.Exists(newer))


class ConsentText(models.Model):
    """One edition of a consent's text; given consents point to it, so an edition in use is never changed."""

    purpose = models.CharField("цель", max_length=30, choices=ConsentPurpose)
    version = models.PositiveSmallIntegerField("редакция")
    title = models.CharField("название", max_length=200)
    body = RichTextField("текст", features=["bold", "italic", "ol", "ul", "link", "h2"])
    in_force_from = models.DateField("действует с", default=timezone.localdate)

    objects = ConsentTextQuerySet.as_manager()

    class Meta:
        verbose_name = "текст согласия"
        verbose_name_plural = "тексты согласий"
        ordering = ["purpose", "-version"]
        constraints = [models.UniqueConstraint(fields=["purpose", "version"], name="consent_text_edition")]

    def __str__(self) -> str:
        return f"{self.title}, редакция {self.version}"

    def get_absolute_url(self) -> str:
        return reverse("consent_text", args=[self.purpose, self.version])

    @property
    def is_used(self) -> bool:
        """Whether somebody agreed to this edition: from then on its words are fixed."""
        return self.pk is not None and self.consents.exists()

    @property
    def wording(self) -> str:
        """The text as people read it: names of the operator filled in from the settings of the portal."""
        details = PortalSettings.load()
        names = [name for name in CONSENT_PLACEHOLDERS if name != "site"]
        values = {name: escape(getattr(details, name) or "(не указано)") for name in names}
        values["site"] = escape(settings.SITE_URL)
        return _PLACEHOLDER.sub(lambda found: values.get(found.group(1), found.group(0)), self.body)

    @property
    def digest(self) -> str:
        """SHA-256 of the wording, kept in each consent as the proof of what was agreed to."""
        return hashlib.sha256(f"{self.title}\n{self.wording}".encode()).hexdigest()

    def clean(self) -> None:
        """Refuse a change of an edition that somebody agreed to."""
        if self.is_used:
            kept = ConsentText.objects.get(pk=self.pk)
            if any(getattr(kept, name) != getattr(self, name) for name in ("purpose", "version", "title", "body")):
                raise ValidationError("По этой редакции уже даны согласия: её нельзя менять. Создайте новую копией.")


class ConsentQuerySet(models.QuerySet["Consent"]):
    def active(self) -> ConsentQuerySet:
        """Consents that stand: not withdrawn and not run out."""
        today = timezone.localdate()
        return self.filter(withdrawn_at=None).filter(models.Q(valid_until=None) | models.Q(valid_until__gte=today))

    def to_ask_again(self) -> ConsentQuerySet:
        """Consents that stand and were given to an earlier edition than the one in force."""
        return self.active().exclude(text__in=ConsentText.objects.current())


class Consent(models.Model):
    """A person's consent for one purpose: to what wording, when, from where, and whether it still stands."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="учётная запись",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="consents",
    )
    person = models.CharField("кто дал", max_length=200, blank=True)
    person_key = MatchKeyField(source="person")
    email = models.EmailField("электронная почта", blank=True)
    text = models.ForeignKey(
        ConsentText, verbose_name="текст согласия", on_delete=models.PROTECT, related_name="consents"
    )
    text_digest = models.CharField("отпечаток текста", max_length=64, editable=False)
    fields = models.JSONField("что разрешено", default=list, blank=True)
    given_at = models.DateTimeField("дано", default=timezone.now)
    valid_until = models.DateField("действует до", null=True, blank=True)
    address = models.GenericIPAddressField("сетевой адрес", null=True, blank=True)
    basis = models.CharField(
        "основание", max_length=200, blank=True, help_text="Форма на портале или бумажный документ."
    )
    withdrawn_at = models.DateTimeField("отозвано", null=True, blank=True)
    withdrawal_note = models.CharField(
        "основание отзыва", max_length=300, blank=True, help_text="Бумажное письмо: от какого числа, где хранится скан."
    )

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = "согласие"
        verbose_name_plural = "согласия"
        ordering = ["-given_at", "-pk"]

    def __str__(self) -> str:
        who = self.person or self.email or "без имени"
        return f"{who}: {self.text.get_purpose_display()}"

    @property
    def is_active(self) -> bool:
        """Whether the consent stands now."""
        return self.withdrawn_at is None and (self.valid_until is None or self.valid_until >= timezone.localdate())

    @property
    def opened(self) -> list[str]:
        """What it opens to everybody, in words."""
        names = dict(Disclosure.choices)
        return [names.get(field, field) for field in self.fields]

    @property
    def withdrawal_number(self) -> str:
        """The number by which a withdrawal is asked about: «ОТ-2027-000123»; blank while the consent stands."""
        return f"ОТ-{timezone.localtime(self.withdrawn_at):%Y}-{self.pk:06d}" if self.withdrawn_at else ""


class NamedUnderConsent(models.Model):
    """A row that may name a person; the name becomes public only under a consent to distribution that stands."""

    name = models.CharField("имя для публикации", max_length=200, blank=True)
    consent = models.ForeignKey(
        Consent,
        verbose_name="согласие на распространение",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="%(app_label)s_%(class)s_rows",
        help_text="Без действующего согласия имя не показывается.",
    )

    class Meta:
        abstract = True

    @property
    def public_name(self) -> str:
        """The name if its owner lets everybody see it, else an empty string."""
        if self.name and self.consent and self.consent.is_active and "name" in self.consent.fields:
            return self.name
        return ""

    @property
    def is_hidden_by_owner(self) -> bool:
        """Whether the owner of the name let everybody see it and has taken that back."""
        return bool(self.consent and self.consent.withdrawn_at)
