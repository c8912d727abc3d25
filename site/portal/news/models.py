"""News of the portal."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel
from wagtail.search import index

from portal.core.blocks import BodyBlock
from portal.core.fields import StreamField
from portal.core.models import BasePage
from portal.core.sections import SectionPage
from portal.roadmap.panels import evidence_panel
from portal.roadmap.queries import items_proved_by
from portal.vocabularies.enums import Vocabulary
from portal.vocabularies.models import Tag, Term


class TaggedNews(ItemBase):
    """A topic of a news item."""

    tag = models.ForeignKey(Tag, verbose_name="тема", on_delete=models.CASCADE, related_name="news_items")
    content_object = ParentalKey("news.NewsPage", on_delete=models.CASCADE, related_name="tagged_items")

    class Meta:
        verbose_name = "тема новости"
        verbose_name_plural = "темы новостей"
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="news_topic_once")]


class NewsIndexPage(SectionPage):
    """The section of news."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["news.NewsPage"]
    section_slug = "news"

    class Meta:
        verbose_name = "раздел «Новости»"
        verbose_name_plural = "раздел «Новости»"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from portal.news.listing import news_list  # noqa: PLC0415 (the list reads these models)

        return {**super().get_context(request, *args, **kwargs), **news_list(request)}


class NewsPage(BasePage):
    """One news item."""

    parent_page_types = ["news.NewsIndexPage"]
    subpage_types: list[str] = []

    date = models.DateField("дата", default=timezone.localdate, db_index=True)
    category = models.ForeignKey(
        Term,
        verbose_name="рубрика",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"vocabulary": Vocabulary.NEWS_CATEGORY},
    )
    tags = ClusterTaggableManager(through=TaggedNews, verbose_name="темы", blank=True)
    cover = models.ForeignKey(
        "files.PortalImage", verbose_name="обложка", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    cover_alt = models.CharField("описание обложки", max_length=160, blank=True)
    body = StreamField(BodyBlock(), verbose_name="текст", blank=True, default=list)
    event = models.ForeignKey(
        "events.EventPage",
        verbose_name="о событии",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="news_about",
        help_text="Новость встанет на страницу события, а событие — рядом с новостью.",
    )
    contest = models.ForeignKey(
        "contests.ContestPage",
        verbose_name="о конкурсе",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="news_about",
        help_text="То же с конкурсом.",
    )

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel([FieldPanel("date"), FieldPanel("category"), FieldPanel("tags")], heading="Когда и о чём"),
        MultiFieldPanel([FieldPanel("cover"), FieldPanel("cover_alt")], heading="Обложка"),
        FieldPanel("body"),
        FieldRowPanel([PageChooserPanel("event"), PageChooserPanel("contest")], heading="О чём эта новость"),
        evidence_panel(),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.RelatedFields("tags", [index.SearchField("name", boost=2)]),
        index.AutocompleteField("title"),
        index.FilterField("date"),
    ]

    class Meta:
        verbose_name = "новость"
        verbose_name_plural = "новости"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from portal.news.queries import others, subjects  # noqa: PLC0415 (the reads use these models)

        context = super().get_context(request, *args, **kwargs)
        return {
            **context,
            "tags": self.tags.all(),
            "others": others(self),
            "proves": items_proved_by(self),
            **subjects(self),
        }

    def clean(self) -> None:
        super().clean()
        if self.cover and not self.cover_alt:
            raise ValidationError({"cover_alt": "Опишите обложку словами для незрячих читателей."})

    def evidence_on(self) -> datetime.date | None:
        """The day of the news."""
        return self.date
