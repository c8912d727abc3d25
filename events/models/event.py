"""An event: its announcement, and its story once it is over."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import ItemBase
from wagtail.admin.panels import PageChooserPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable
from wagtail.search import index

from events.blocks import MaterialBlock, ProgrammeBlock
from events.enums import EventFormat, EventState
from events.models.panels import event_handler
from events.models.slugs import refuse_reserved
from portal.core.blocks import BodyBlock, VideoBlock
from portal.core.fields import StreamField
from portal.core.models import BasePage, RowOnce
from portal.organisations.models import Municipality, Organisation
from portal.roadmap.models import Party
from portal.vocabularies.enums import Vocabulary
from portal.vocabularies.models import Tag, Term


class TaggedEvent(ItemBase):
    """A topic of an event."""

    tag = models.ForeignKey(Tag, verbose_name="тема", on_delete=models.CASCADE, related_name="event_items")
    content_object = ParentalKey("events.EventPage", on_delete=models.CASCADE, related_name="tagged_items")

    class Meta:
        verbose_name = "тема события"
        verbose_name_plural = "темы событий"
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="event_topic_once")]


class EventPage(BasePage):
    """One event: when, where, for whom, how to take part; afterwards recording, materials and outcome."""

    parent_page_types = ["events.EventIndexPage"]
    subpage_types: list[str] = []

    kind = models.ForeignKey(
        Term,
        verbose_name="вид события",
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"vocabulary": Vocabulary.EVENT_KIND},
    )
    format = models.CharField("формат", max_length=12, choices=EventFormat, default=EventFormat.ON_SITE)
    starts_at = models.DateTimeField("начало", db_index=True)
    ends_at = models.DateTimeField("окончание")
    hours = models.PositiveSmallIntegerField("академических часов", null=True, blank=True)
    state = models.CharField("состояние", max_length=12, choices=EventState, default=EventState.PLANNED)
    state_reason = models.CharField(
        "почему отменено или перенесено", max_length=300, blank=True, help_text="Увидят все, кто откроет страницу."
    )
    moved_from = models.DateTimeField(
        "прежнее начало", null=True, blank=True, help_text="Для перенесённого: страница скажет «было — стало»."
    )
    place = models.CharField("место", max_length=250, blank=True, help_text="«Онлайн» или «Детский сад № 415».")
    address = models.CharField("адрес", max_length=300, blank=True, help_text="Как найти: улица, дом, вход.")
    municipality = models.ForeignKey(
        Municipality,
        verbose_name="муниципалитет",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="events",
        limit_choices_to={"parent": None},
        help_text="Не заполняется у событий для всего региона.",
    )
    host = models.ForeignKey(
        Organisation,
        verbose_name="площадка из реестра",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="hosted_events",
        help_text="Детский сад, который принимает: событие появится на его странице.",
    )
    organisers = ParentalManyToManyField(Party, verbose_name="организаторы", blank=True, related_name="events")
    audiences = ParentalManyToManyField(
        Term,
        verbose_name="для кого",
        blank=True,
        related_name="events_for_audience",
        limit_choices_to={"vocabulary": Vocabulary.AUDIENCE},
    )
    deficits = ParentalManyToManyField(
        Term,
        verbose_name="какое затруднение помогает преодолеть",
        blank=True,
        related_name="events_for_deficit",
        limit_choices_to={"vocabulary": Vocabulary.DEFICIT},
    )
    tags = ClusterTaggableManager(through=TaggedEvent, verbose_name="темы", blank=True)
    cycle = models.ForeignKey(
        "events.EventCyclePage",
        verbose_name="цикл",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="meetings",
    )
    number_in_cycle = models.PositiveSmallIntegerField("какая встреча по счёту", null=True, blank=True)
    cover = models.ForeignKey(
        "files.PortalImage", verbose_name="обложка", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    cover_alt = models.CharField("описание обложки", max_length=160, blank=True)
    body = StreamField(BodyBlock(), verbose_name="о событии", blank=True, default=list)
    programme = StreamField([("item", ProgrammeBlock())], verbose_name="программа", blank=True, default=list)

    how_to_take_part = RichTextField(
        "как принять участие",
        blank=True,
        features=["bold", "italic", "ol", "ul", "link", "document-link"],
        help_text="Куда и что прислать, какой документ приложить.",
    )
    contact_email = models.EmailField("почта для заявок", blank=True)
    contact_phone = models.CharField("телефон", max_length=60, blank=True)
    contact_url = models.URLField("ссылка на запись или подключение", blank=True)
    apply_by = models.DateField("принимают до", null=True, blank=True, help_text="Последний день включительно.")
    capacity = models.CharField("сколько мест", max_length=160, blank=True, help_text="Например: до 40 человек.")

    recording = StreamField(
        [("video", VideoBlock())], verbose_name="запись", blank=True, default=list, max_num=5, collapsed=True
    )
    materials = StreamField([("material", MaterialBlock())], verbose_name="материалы", blank=True, default=list)
    outcome = models.TextField("итог", blank=True, max_length=2000, help_text="Что изменилось после события.")
    participants = models.PositiveIntegerField("сколько участников", null=True, blank=True)

    edit_handler = event_handler(BasePage.promote_panels, BasePage.settings_panels)
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.SearchField("programme"),
        index.SearchField("place"),
        index.SearchField("outcome"),
        index.RelatedFields("kind", [index.SearchField("title")]),
        index.RelatedFields("tags", [index.SearchField("name", boost=2)]),
        index.RelatedFields("municipality", [index.SearchField("name")]),
        index.AutocompleteField("title"),
        index.FilterField("starts_at"),
    ]

    class Meta:
        verbose_name = "событие"
        verbose_name_plural = "события"

    def clean(self) -> None:
        super().clean()
        refuse_reserved(self.slug)
        errors: dict[str, str] = {}
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            errors["ends_at"] = "Окончание должно быть позже начала."
        if self.state != EventState.PLANNED and not self.state_reason:
            errors["state_reason"] = "Напишите, почему: участники строили планы."
        if self.moved_from and self.state != EventState.POSTPONED:
            errors["moved_from"] = "Заполняется только у перенесённого события."
        if self.number_in_cycle and not self.cycle_id:
            errors["cycle"] = "Выберите цикл, в который входит встреча."
        if self.cover and not self.cover_alt:
            errors["cover_alt"] = "Опишите обложку словами для незрячих читателей."
        if errors:
            raise ValidationError(errors)
        if self.municipality_id is None and self.host is not None:
            self.municipality = self.host.municipality

    @property
    def first_day(self) -> dt.date:
        """The day of the beginning by the portal's clock."""
        return timezone.localdate(self.starts_at, timezone.get_default_timezone())

    @property
    def last_day(self) -> dt.date:
        """The day of the end by the portal's clock; one that ends at midnight ended the day before."""
        end = timezone.localtime(self.ends_at, timezone.get_default_timezone())
        return max(self.first_day, (end - dt.timedelta(microseconds=1)).date())

    @property
    def is_cancelled(self) -> bool:
        """Whether it will not take place."""
        return self.state == EventState.CANCELLED

    def evidence_on(self) -> dt.date | None:
        """The last day of the event, of a postponed one by its new hours; None for a cancelled one."""
        return None if self.is_cancelled else self.last_day

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from events.views.event import event_context  # noqa: PLC0415 (the reads use these models)

        context = super().get_context(request, *args, **kwargs)
        return {**context, **event_context(self, preview=bool(getattr(request, "is_preview", False)))}


class EventPractice(RowOnce, Orderable):
    """A practice that the event shows or that its speakers wrote."""

    once = "practice"

    page = ParentalKey(EventPage, on_delete=models.CASCADE, related_name="practices")
    practice = models.ForeignKey(
        "practices.PracticePage", verbose_name="практика", on_delete=models.CASCADE, related_name="event_items"
    )

    panels = [PageChooserPanel("practice", "practices.PracticePage")]

    class Meta(Orderable.Meta):
        verbose_name = "практика события"
        verbose_name_plural = "практики события"
        constraints = [models.UniqueConstraint(fields=["page", "practice"], name="event_practice_once")]
