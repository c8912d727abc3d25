"""Rows of a contest's page: nominations, stages, results. Entries, juries and marks will hang on them by key or code."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, PageChooserPanel
from wagtail.models import Orderable

from contests.enums import Place, StageMode
from portal.core.models import CodeOnce, NamedUnderConsent
from portal.core.slugs import latin_slug
from portal.organisations.models import Municipality, Organisation
from portal.vocabularies.enums import Vocabulary
from portal.vocabularies.models import Tag, Term

CODE_LENGTH = 60
CODE_HELP = "Латиницей; пустой заполнится сам. Не меняйте его после начала приёма: по нему узнают {what}."


class TaggedContest(ItemBase):
    """A topic of a contest."""

    tag = models.ForeignKey(Tag, verbose_name="тема", on_delete=models.CASCADE, related_name="contest_items")
    content_object = ParentalKey("contests.ContestPage", on_delete=models.CASCADE, related_name="tagged_items")

    class Meta:
        verbose_name = "тема конкурса"
        verbose_name_plural = "темы конкурсов"
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="contest_topic_once")]


class _CodedRow(CodeOnce, Orderable):
    """A named row whose code stays when its words are corrected."""

    title = models.CharField("название", max_length=250)
    slug = models.SlugField("код", max_length=CODE_LENGTH, blank=True)

    class Meta(Orderable.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if not self.slug and self.title:
            self.slug = latin_slug(self.title, max_length=CODE_LENGTH)


class ContestNomination(_CodedRow):
    """A nomination: who competes with whom."""

    page = ParentalKey("contests.ContestPage", on_delete=models.CASCADE, related_name="nominations")
    description = models.TextField("описание", blank=True)
    who_may_enter = models.CharField("кто может участвовать", max_length=300, blank=True)

    panels = [
        FieldPanel("title"),
        FieldPanel("who_may_enter"),
        FieldPanel("description"),
        FieldPanel("slug", help_text=CODE_HELP.format(what="номинацию результаты и архив")),
    ]

    class Meta(_CodedRow.Meta):
        verbose_name = "номинация"
        verbose_name_plural = "номинации"
        constraints = [models.UniqueConstraint(fields=["page", "slug"], name="contest_nomination_code")]


class ContestStage(_CodedRow):
    """A stage with its own beginning and end; both seconds belong to it."""

    page = ParentalKey("contests.ContestPage", on_delete=models.CASCADE, related_name="stages")
    mode = models.CharField("как проходит", max_length=10, choices=StageMode, default=StageMode.BY_CORRESPONDENCE)
    starts_at = models.DateTimeField("начало", db_index=True)
    ends_at = models.DateTimeField(
        "окончание", db_index=True, help_text="Последний день со временем; 23:59 значит «до конца суток»."
    )
    is_intake = models.BooleanField(
        "приём заявок", default=False, help_text="По этому этапу портал считает дни до конца приёма."
    )
    place = models.CharField("где", max_length=200, blank=True)
    content = models.TextField("что происходит", blank=True)

    panels = [
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
        FieldRowPanel([FieldPanel("mode"), FieldPanel("is_intake")]),
        FieldPanel("place"),
        FieldPanel("content"),
        FieldPanel("slug", help_text=CODE_HELP.format(what="этап заявки и оценки")),
    ]

    class Meta(_CodedRow.Meta):
        verbose_name = "этап"
        verbose_name_plural = "этапы"
        constraints = [
            models.UniqueConstraint(fields=["page", "slug"], name="contest_stage_code"),
            models.CheckConstraint(condition=models.Q(ends_at__gte=models.F("starts_at")), name="contest_stage_order"),
        ]

    def clean(self) -> None:
        """Read 23:59 as the last second of the day; refuse a stage that ends before it begins."""
        super().clean()
        if self.ends_at is not None:
            local = timezone.localtime(self.ends_at)
            if (local.hour, local.minute, local.second) == (23, 59, 0):
                self.ends_at += dt.timedelta(seconds=59)
        if self.starts_at and self.ends_at and self.ends_at < self.starts_at:
            raise ValidationError({"ends_at": f"Этап «{self.title}» заканчивается раньше, чем начинается."})


class ContestResult(NamedUnderConsent, Orderable):
    """What somebody was awarded; a person's name becomes public only under a consent to distribution that stands."""

    page = ParentalKey("contests.ContestPage", on_delete=models.CASCADE, related_name="results")
    nomination = models.SlugField(
        "номинация", max_length=CODE_LENGTH, blank=True, help_text="Код номинации этого конкурса; пустой, если их нет."
    )
    place = models.CharField("результат", max_length=20, choices=Place, default=Place.WINNER)
    place_words = models.CharField(
        "словами", max_length=80, blank=True, help_text="Если в протоколе сказано иначе: «II место», «приз жюри»."
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name="организация",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="contest_results",
    )
    municipality = models.ForeignKey(
        Municipality,
        verbose_name="муниципалитет",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="contest_results",
        limit_choices_to={"parent": None},
        help_text="Пустой возьмётся у организации.",
    )
    position = models.ForeignKey(
        Term,
        verbose_name="должность",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"vocabulary": Vocabulary.POSITION},
    )
    practice = models.ForeignKey(
        "practices.PracticePage",
        verbose_name="практика в банке",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="contest_results",
    )
    protocol = models.ForeignKey(
        "files.PortalDocument",
        verbose_name="протокол",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Файл откроется посетителям вместе с результатами, не раньше.",
    )

    panels = [
        FieldRowPanel([FieldPanel("nomination"), FieldPanel("place"), FieldPanel("place_words")]),
        FieldPanel("organisation"),
        FieldRowPanel([FieldPanel("municipality"), FieldPanel("position")]),
        FieldPanel("name"),
        FieldPanel("consent"),
        PageChooserPanel("practice", "practices.PracticePage"),
        FieldPanel("protocol"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "результат"
        verbose_name_plural = "результаты"

    def __str__(self) -> str:
        return f"{self.words}: {self.organisation or self.municipality or self.position or 'участник'}"

    @property
    def words(self) -> str:
        """The award as people say it: the protocol's words, else those of the list."""
        return self.place_words or self.get_place_display()

    def clean(self) -> None:
        super().clean()
        if self.municipality_id is None and self.organisation is not None:
            self.municipality = self.organisation.municipality
        if not (self.organisation_id or self.municipality_id or self.position_id):
            raise ValidationError({"organisation": "Укажите организацию, муниципалитет или должность."})
