"""The section of the bank."""

from __future__ import annotations

from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from portal.core.sections import SectionPage


class PracticeIndexPage(SectionPage):
    """The bank of best practices: the catalogue with its facets."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["practices.PracticePage", "practices.CollectionPage"]
    section_slug = "practices"

    intro = RichTextField("вступление", blank=True, features=["bold", "italic", "link"])

    content_panels = [*SectionPage.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = "раздел «Банк практик»"
        verbose_name_plural = "раздел «Банк практик»"
