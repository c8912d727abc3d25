"""The section of contests and one year's edition of a contest."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from modelcluster.contrib.taggit import ClusterTaggableManager
from wagtail.models import PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from contests.blocks import FileBlock, RequirementBlock, TourBlock
from contests.enums import RESERVED_SLUGS
from contests.models.editing import ContestPageForm, contest_handler
from contests.models.rows import TaggedContest
from contests.models.series import ContestSeries
from portal.core import publicity
from portal.core.blocks import BodyBlock
from portal.core.fields import StreamField
from portal.core.models import BasePage
from portal.core.sections import SectionPage
from portal.core.slugs import latin_slug


class ContestIndexPage(SectionPage):
    """The section: what is open now, what comes next, what is over."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["contests.ContestPage"]
    section_slug = "contests"
    routed_with = ("contestpage__series",)

    class Meta:
        verbose_name = "раздел «Конкурсы»"
        verbose_name_plural = "раздел «Конкурсы»"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from contests.views.listing import contest_list  # noqa: PLC0415 (the list reads these models)

        return {**super().get_context(request, *args, **kwargs), **contest_list(request)}


class ContestQuerySet(PageQuerySet):
    def published(self) -> ContestQuerySet:
        """Contests that any visitor may read."""
        return publicity.public(self)

    def with_shown_results(self) -> ContestQuerySet:
        """Contests whose results everybody may see today."""
        return self.filter(results_are_public=True, results_on__lte=timezone.localdate())


class ContestPage(BasePage):
    """One year of a contest: who may enter, stages with dates, how it is judged, results."""

    parent_page_types = ["contests.ContestIndexPage"]
    subpage_types: list[str] = []

    series = models.ForeignKey(ContestSeries, verbose_name="конкурс", on_delete=models.PROTECT, related_name="editions")
    year = models.PositiveSmallIntegerField(
        "год", validators=[MinValueValidator(1990), MaxValueValidator(2100)], db_index=True
    )
    full_title = models.CharField(
        "полное название", max_length=300, blank=True, help_text="Этого года; пустое берётся из реестра конкурсов."
    )
    is_cancelled = models.BooleanField("отменён", default=False)
    cancel_reason = models.CharField(
        "почему отменён", max_length=300, blank=True, help_text="Причина и документ: их увидят на странице."
    )
    cover = models.ForeignKey(
        "files.PortalImage", verbose_name="обложка", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    cover_alt = models.CharField("описание обложки", max_length=160, blank=True)
    purpose = models.TextField("цель", blank=True)
    founder = models.TextField("учредитель", blank=True)
    organisers = models.TextField("кто проводит", blank=True, help_text="По одной организации в строке.")
    who = models.TextField("кто может участвовать", blank=True)
    conditions = models.TextField("условия", blank=True, help_text="По одному в строке.")
    quota = models.TextField("сколько участников", blank=True, help_text="Квоты и число заявок.")
    how_to_enter = models.TextField(
        "как принять участие",
        blank=True,
        help_text="Что сделать сегодня: какую форму взять, куда и как отправить. Абзацы и списки строками с «- ».",
    )
    entry_url = models.URLField("сайт приёма", blank=True, help_text="Если заявки принимает другой сайт.")
    contact_email = models.EmailField("почта для вопросов и заявок", blank=True)
    contact_phone = models.CharField("телефон", max_length=60, blank=True)
    requirements = StreamField(
        [("requirement", RequirementBlock())], verbose_name="что приложить", blank=True, default=list
    )
    files = StreamField([("file", FileBlock())], verbose_name="документы конкурса", blank=True, default=list)
    criteria = StreamField([("tour", TourBlock())], verbose_name="критерии", blank=True, default=list)
    jury = models.TextField("жюри", blank=True)
    awards = models.TextField("награды", blank=True, help_text="По одной в строке.")
    next_stage = models.TextField("куда выходят победители", blank=True)
    next_stage_url = models.URLField("сайт всероссийского этапа", blank=True)
    body = StreamField(BodyBlock(), verbose_name="дополнительный текст", blank=True, default=list)
    tags = ClusterTaggableManager(through=TaggedContest, verbose_name="темы", blank=True)
    results_are_public = models.BooleanField(
        "показывать результаты", default=False, help_text="Без отметки и раньше даты их не видит никто из посетителей."
    )
    results_on = models.DateField("результаты видны с", null=True, blank=True)
    results_text = models.TextField("об итогах", blank=True, help_text="Показывается вместе с результатами.")

    objects: ClassVar[Any] = PageManager.from_queryset(ContestQuerySet)()

    base_form_class = ContestPageForm
    edit_handler = contest_handler(BasePage.promote_panels, BasePage.settings_panels)
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("full_title"),
        index.SearchField("names", boost=3),
        index.SearchField("purpose"),
        index.SearchField("who"),
        index.SearchField("nominations_text"),
        index.SearchField("body"),
        index.RelatedFields("tags", [index.SearchField("name", boost=2)]),
        index.AutocompleteField("title"),
        index.FilterField("year"),
    ]

    class Meta:
        verbose_name = "конкурс года"
        verbose_name_plural = "конкурсы"

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Give an edition without an address the code of its series with the year."""
        if not self.slug and self.series_id and self.year:
            self.slug = self._get_autogenerated_slug(latin_slug(f"{self.series.slug}-{self.year}"))
        super().full_clean(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        errors = {}
        if self.slug in RESERVED_SLUGS:
            errors["slug"] = "Этот адрес занят разделом портала, выберите другой."
        if self.cover and not self.cover_alt:
            errors["cover_alt"] = "Опишите обложку словами для незрячих читателей."
        if self.is_cancelled and not self.cancel_reason:
            errors["cancel_reason"] = "Напишите, почему конкурс отменён."
        if self.results_are_public and not self.results_on:
            errors["results_on"] = "Укажите день, с которого результаты видны всем."
        if self.series_id and self.year and self._same_edition().exists():
            errors["year"] = f"Конкурс «{self.series}» за {self.year} год уже есть."
        if errors:
            raise ValidationError(errors)

    def _same_edition(self) -> models.QuerySet[ContestPage]:
        return ContestPage.objects.filter(series=self.series_id, year=self.year, alias_of=None).exclude(pk=self.pk)

    @property
    def names(self) -> str:
        """Every name of the contest, for the search index."""
        return self.series.names

    @property
    def nominations_text(self) -> str:
        """Titles of the nominations, for the search index."""
        return "\n".join(nomination.title for nomination in self.nominations.all())

    @property
    def results_are_shown(self) -> bool:
        """Whether everybody may see the results today."""
        return self.results_are_public and self.results_on is not None and self.results_on <= timezone.localdate()

    def evidence_on(self) -> dt.date | None:
        """The day of the results, else the last day of the last stage; None for a cancelled contest."""
        if self.is_cancelled:
            return None
        if self.results_on is not None:
            return self.results_on
        ends = [stage.ends_at for stage in self.stages.all()]
        return timezone.localdate(max(ends)) if ends else None

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from contests.views.contest import contest_context  # noqa: PLC0415 (the reads use these models)

        context = super().get_context(request, *args, **kwargs)
        return {**context, **contest_context(self, preview=bool(getattr(request, "is_preview", False)))}
