"""Editors' collections of practices."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, PageChooserPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable

from portal.core.models import BasePage
from practices.models.page import RESERVED_SLUGS


class CollectionPage(BasePage):
    """Practices that editors put side by side for one purpose, with a word on each."""

    parent_page_types = ["practices.PracticeIndexPage"]
    subpage_types: list[str] = []

    intro = RichTextField("вступление", blank=True, features=["bold", "italic", "ol", "ul", "link"])

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("intro"),
        InlinePanel("items", heading="Практики", label="практика"),
    ]

    class Meta:
        verbose_name = "подборка практик"
        verbose_name_plural = "подборки практик"

    def clean(self) -> None:
        super().clean()
        if self.slug in RESERVED_SLUGS:
            raise ValidationError({"slug": "Этот адрес занят разделом портала, выберите другой."})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from practices.views.collections import collection_context  # noqa: PLC0415 (the reads use these models)

        return {**super().get_context(request, *args, **kwargs), **collection_context(self)}


class CollectionItem(Orderable):
    """A practice in a collection, with the editor's word on why it is here."""

    page = ParentalKey(CollectionPage, on_delete=models.CASCADE, related_name="items")
    practice = models.ForeignKey(
        "practices.PracticePage", verbose_name="практика", on_delete=models.CASCADE, related_name="collection_items"
    )
    note = models.CharField("почему она здесь", max_length=250, blank=True)

    panels = [PageChooserPanel("practice", "practices.PracticePage"), FieldPanel("note")]

    class Meta(Orderable.Meta):
        verbose_name = "практика подборки"
        verbose_name_plural = "практики подборки"
