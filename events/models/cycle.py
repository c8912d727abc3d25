"""A cycle of events."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from events.models.slugs import refuse_reserved
from portal.core.models import BasePage


class EventCyclePage(BasePage):
    """A series of meetings under one name: what it is for, what was held, what comes next."""

    parent_page_types = ["events.EventIndexPage"]
    subpage_types: list[str] = []

    intro = RichTextField("о цикле", blank=True, features=["bold", "italic", "ol", "ul", "link"])
    planned_count = models.PositiveSmallIntegerField(
        "сколько встреч намечено",
        validators=[MinValueValidator(1)],
        default=4,
        help_text="Страница скажет «2 из 4 проведено». Отменённые встречи не считаются.",
    )

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("intro"),
        FieldRowPanel([FieldPanel("planned_count")], heading="Сколько всего"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("intro"), index.AutocompleteField("title")]

    class Meta:
        verbose_name = "цикл событий"
        verbose_name_plural = "циклы событий"

    def clean(self) -> None:
        super().clean()
        refuse_reserved(self.slug)

    def evidence_on(self) -> dt.date | None:
        """A cycle proves nothing by itself: each of its meetings does."""
        return None

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from events.views.cycle import cycle_context  # noqa: PLC0415 (the reads use these models)

        return {**super().get_context(request, *args, **kwargs), **cycle_context(self)}
