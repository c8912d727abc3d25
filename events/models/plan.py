"""The yearly plan of events for one audience, and how far it has gone in each municipality (item 21)."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable
from wagtail.search import index

from events.enums import PlanDelivery
from events.models.plan_form import EventPlanForm
from events.models.slugs import refuse_reserved
from portal.core.models import BasePage, RowOnce
from portal.organisations.models import Municipality
from portal.roadmap.panels import evidence_panel
from portal.vocabularies.enums import Vocabulary
from portal.vocabularies.models import Term


class EventPlanPage(BasePage):
    """A plan of events: rows by months, and whether each municipality has got it and carries it out."""

    parent_page_types = ["events.EventIndexPage"]
    subpage_types: list[str] = []

    starts_on = models.DateField("начало периода")
    ends_on = models.DateField("окончание периода")
    audience = models.ForeignKey(
        Term,
        verbose_name="для кого",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"vocabulary": Vocabulary.AUDIENCE},
    )
    approved_on = models.DateField("утверждён", null=True, blank=True)
    document = models.ForeignKey(
        "files.PortalDocument",
        verbose_name="файл утверждённого плана",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    intro = RichTextField("вступление", blank=True, features=["bold", "italic", "ol", "ul", "link"])

    base_form_class = EventPlanForm
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
                FieldRowPanel([FieldPanel("audience"), FieldPanel("approved_on")]),
                FieldPanel("document"),
            ],
            heading="Период и документ",
        ),
        FieldPanel("intro"),
        InlinePanel("rows", heading="Мероприятия", label="мероприятие"),
        InlinePanel(
            "deliveries",
            heading="Муниципалитеты",
            label="муниципалитет",
            help_text="У нового плана список муниципалитетов появится сам после первого сохранения.",
        ),
        evidence_panel(),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("intro"), index.AutocompleteField("title")]

    class Meta:
        verbose_name = "план событий"
        verbose_name_plural = "планы событий"

    def clean(self) -> None:
        super().clean()
        refuse_reserved(self.slug)
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": "Окончание раньше начала."})

    def evidence_on(self) -> dt.date | None:
        """The day of approval; before it the plan proves nothing."""
        return self.approved_on

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from events.views.plan import plan_context  # noqa: PLC0415 (the reads use these models)

        return {**super().get_context(request, *args, **kwargs), **plan_context(self)}


class EventPlanRow(Orderable):
    """One event of the plan: when, what, in which form, who answers."""

    page = ParentalKey(EventPlanPage, on_delete=models.CASCADE, related_name="rows")
    month = models.DateField("месяц", help_text="Любой день месяца.")
    title = models.CharField("мероприятие", max_length=250)
    form = models.CharField("форма", max_length=120, blank=True, help_text="Вебинар, совещание, консультация.")
    responsible = models.CharField("кто отвечает", max_length=200, blank=True, help_text="Организация или должность.")
    event = models.ForeignKey(
        "events.EventPage",
        verbose_name="страница события",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    panels = [
        FieldRowPanel([FieldPanel("month"), FieldPanel("form")]),
        FieldPanel("title"),
        FieldPanel("responsible"),
        PageChooserPanel("event", "events.EventPage"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "мероприятие плана"
        verbose_name_plural = "мероприятия плана"


class PlanDeliveryRow(RowOnce):
    """How far the plan has gone in one municipality."""

    once = "municipality"

    page = ParentalKey(EventPlanPage, on_delete=models.CASCADE, related_name="deliveries")
    municipality = models.ForeignKey(
        Municipality,
        verbose_name="муниципалитет",
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"parent": None},
    )
    sent_on = models.DateField("направлен", null=True, blank=True)
    received_on = models.DateField("получен", null=True, blank=True)
    held_on = models.DateField("проведено", null=True, blank=True)
    note = models.CharField("примечание", max_length=200, blank=True)

    panels = [
        FieldPanel("municipality"),
        FieldRowPanel([FieldPanel("sent_on"), FieldPanel("received_on"), FieldPanel("held_on")]),
        FieldPanel("note"),
    ]

    class Meta:
        verbose_name = "муниципалитет плана"
        verbose_name_plural = "муниципалитеты плана"
        constraints = [models.UniqueConstraint(fields=["page", "municipality"], name="plan_delivery_once")]

    def __str__(self) -> str:
        return str(self.municipality)

    @property
    def state(self) -> PlanDelivery:
        """The furthest step that has a date."""
        if self.held_on:
            return PlanDelivery.HELD
        if self.received_on:
            return PlanDelivery.RECEIVED
        return PlanDelivery.SENT if self.sent_on else PlanDelivery.WAITING

    def clean(self) -> None:
        steps = [("sent_on", self.sent_on), ("received_on", self.received_on), ("held_on", self.held_on)]
        known = [(name, day) for name, day in steps if day]
        for (_, earlier), (name, later) in pairwise(known):
            if later < earlier:
                raise ValidationError({name: "Раньше предыдущего шага."})
