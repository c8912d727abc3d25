"""The section of the roadmap and the plans in it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel
from wagtail.search import index

from portal.core.models import BasePage
from portal.core.sections import SectionPage


class RoadmapIndexPage(SectionPage):
    """The section: shows the plan that editors feature and lists the others."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["roadmap.RoadmapPage"]
    section_slug = "roadmap"

    featured = models.ForeignKey(
        "roadmap.RoadmapPage",
        verbose_name="показывать план",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Этот план открывается по адресу /roadmap/, остальные перечислены рядом.",
    )

    content_panels = [*SectionPage.content_panels, PageChooserPanel("featured", "roadmap.RoadmapPage")]

    class Meta:
        verbose_name = "раздел «Дорожная карта»"
        verbose_name_plural = "раздел «Дорожная карта»"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from portal.roadmap.views.section import section_context  # noqa: PLC0415 (the view reads these models)

        return {**super().get_context(request, *args, **kwargs), **section_context(self, request)}


class RoadmapPage(BasePage):
    """A plan of one period; its sections and items are rows that verbs change, not part of the page's drafts."""

    parent_page_types = ["roadmap.RoadmapIndexPage"]
    subpage_types: list[str] = []

    document_title = models.TextField(
        "название документа", blank=True, help_text="Как в утверждённом документе; пустое — как заголовок страницы."
    )
    starts_on = models.DateField("начало плана")
    ends_on = models.DateField("окончание плана")
    is_archived = models.BooleanField(
        "архивный",
        default=False,
        help_text="О пунктах, по которым ничего не известно, так и говорится: «нет сведений».",
    )
    confirms_by_itself = models.BooleanField(
        "засчитывать факты без подтверждения",
        default=False,
        help_text="Опубликованная страница, связанная с пунктом, сразу входит в «факт».",
    )
    owner_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="ответственный за план",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="owned_plans",
        help_text="Подтверждает факты, переносит сроки, отвечает за статусы.",
    )
    copied_from = models.ForeignKey(
        "self",
        verbose_name="составлен по плану",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="copies",
    )

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("document_title"),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")], heading="Период"),
        MultiFieldPanel(
            [
                FieldPanel("owner_user", permission="superuser"),
                FieldPanel("confirms_by_itself"),
                FieldPanel("is_archived"),
            ],
            heading="Как ведётся план",
        ),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("document_title"),
        index.SearchField("item_words"),
        index.AutocompleteField("title"),
    ]

    class Meta:
        verbose_name = "дорожная карта"
        verbose_name_plural = "дорожные карты"

    def clean(self) -> None:
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": "Окончание раньше начала."})

    @property
    def item_words(self) -> str:
        """The words by which the search finds the plan: headings and names of its items."""
        titles = [*self.sections.values_list("title", flat=True), *self.items.values_list("title_text", flat=True)]
        return "\n".join(titles)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from portal.roadmap.views.plan import plan_context  # noqa: PLC0415 (the view reads these models)

        return {**super().get_context(request, *args, **kwargs), **plan_context(self, request)}
