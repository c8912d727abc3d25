"""The panel by which a page of any room says which items it proves."""

from __future__ import annotations

from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel

from portal.roadmap.choices import ItemSelect


def evidence_panel() -> InlinePanel:
    """Return the panel «Пункты дорожной карты» for the content panels of a page type."""
    return InlinePanel(
        "evidence_links",
        [FieldRowPanel([FieldPanel("item", widget=ItemSelect), FieldPanel("amount")])],
        heading="Пункты дорожной карты",
        label="Пункт",
        help_text="После публикации ответственному за пункт будет предложено засчитать эту страницу.",
    )
