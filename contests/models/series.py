"""The register of contests: what stays the same from year to year."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models

from contests.enums import RESERVED_SLUGS, ContestLevel, ContestObject
from portal.core.fields import MatchKeyField, SortKeyField
from portal.core.matching import refuse_same_name
from portal.core.models import Demonstrable
from portal.core.slugs import free_slug
from portal.core.text import single_line


class ContestSeries(Demonstrable):
    """A contest that is held again and again; each year of it is a page.

    «Воспитатель года» and «Воспитатели России» are two records, however alike they sound: nothing joins them.
    """

    title = models.CharField("название", max_length=200, help_text="Так конкурс называют в документах портала.")
    short_title = models.CharField("короткое название", max_length=80, help_text="Для списков, фильтров и главной.")
    full_title = models.CharField("полное официальное название", max_length=300, blank=True)
    slug = models.SlugField(
        "код в адресе",
        max_length=50,
        unique=True,
        blank=True,
        help_text="Латиницей; пустой заполнится сам.",
        error_messages={"unique": "Такой код в адресе уже занят."},
    )
    aliases = models.TextField(
        "другие названия", blank=True, help_text="По одному в строке: по ним конкурс находят в поиске."
    )
    contest_object = models.CharField("кто участвует", max_length=20, choices=ContestObject)
    level = models.CharField("уровень", max_length=40, choices=ContestLevel, default=ContestLevel.REGIONAL)
    title_match = MatchKeyField(source="short_title", unique=True)
    title_sort = SortKeyField(source="short_title", db_index=True)

    class Meta:
        verbose_name = "конкурс"
        verbose_name_plural = "реестр конкурсов"
        ordering = ["title_sort"]

    def __str__(self) -> str:
        return self.short_title

    @property
    def names(self) -> str:
        """Every name by which people look for the contest, one in a line, for the search index."""
        return "\n".join(filter(None, [self.title, self.short_title, self.full_title, self.aliases]))

    def clean(self) -> None:
        self.title, self.short_title = single_line(self.title), single_line(self.short_title)
        self.full_title = single_line(self.full_title)
        refuse_same_name(self, "short_title", ContestSeries.objects.all(), key="title_match")
        if not self.slug:
            self.slug = free_slug(
                self.short_title, lambda slug: ContestSeries.objects.filter(slug=slug).exists(), max_length=50
            )
        if self.slug in RESERVED_SLUGS:
            raise ValidationError({"slug": "Этот адрес занят разделом портала, выберите другой."})
