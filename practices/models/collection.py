"""Editors' collections of practices."""

from __future__ import annotations

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, PageChooserPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable

from portal.core.models import BasePage


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
