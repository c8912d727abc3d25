"""The lists of events, cycles and plans in the admin."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import django_filters
from django.db.models import Q, QuerySet, prefetch_related_objects
from django.forms import CheckboxSelectMultiple, Select
from django.utils import timezone
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.pages.listing import IndexView, PageFilterSet
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.pages import PageListingViewSet

from events.domain import words
from events.enums import EventFormat, EventState
from events.models import EventCyclePage, EventPage, EventPlanPage
from portal.core import admin_menu
from portal.core.page_listing import PagesMenuItem
from portal.organisations.models import Municipality
from portal.roadmap.columns import NamesItems, items_column
from portal.vocabularies.enums import Vocabulary
from portal.vocabularies.models import Tag, Term


def _is_over(pages: QuerySet, name: str, value: str) -> QuerySet:
    over = Q(ends_at__lt=timezone.now())
    return pages.filter(over) if value == "yes" else pages.exclude(over)


class EventFilterSet(PageFilterSet):
    """Filters of the list; those of Wagtail that tell nothing here are left out."""

    site = None
    has_child_pages = None
    over = django_filters.ChoiceFilter(
        label="Когда",
        choices=[("no", "предстоящие"), ("yes", "прошедшие")],
        empty_label="Все",
        method=_is_over,
        widget=Select,
    )
    kind = django_filters.ModelChoiceFilter(
        label="Вид", queryset=lambda request: Term.objects.of(Vocabulary.EVENT_KIND), empty_label="Все", widget=Select
    )
    format = django_filters.MultipleChoiceFilter(
        label="Формат", choices=EventFormat.choices, widget=CheckboxSelectMultiple
    )
    state = django_filters.MultipleChoiceFilter(
        label="Состояние", choices=EventState.choices, widget=CheckboxSelectMultiple
    )
    municipality = django_filters.ModelChoiceFilter(
        label="Муниципалитет",
        queryset=lambda request: Municipality.objects.formations(),
        empty_label="Все",
        widget=Select,
    )
    cycle = django_filters.ModelChoiceFilter(
        label="Цикл", queryset=lambda request: EventCyclePage.objects.all(), empty_label="Все", widget=Select
    )
    tags = django_filters.ModelChoiceFilter(
        label="Тема",
        field_name="tagged_items__tag",
        queryset=lambda request: Tag.objects.exclude(event_items=None),
        empty_label="Все",
        widget=Select,
    )

    class Meta:
        model = EventPage
        fields: list[str] = []


def _columns(*own: Column) -> list[Column]:
    standard = {column.name: column for column in IndexView.base_columns}
    return [
        standard["bulk_actions"],
        standard["title"],
        *own,
        standard["latest_revision_created_at"],
        standard["status"],
    ]


class EventIndexView(NamesItems, IndexView):
    """Events with the records that the columns show."""

    def get_table(self, object_list: Iterable[EventPage], **kwargs: Any) -> Any:
        events = list(object_list)
        # Wagtail reads the pages of a list anew by their types, without what a queryset was told to join.
        prefetch_related_objects(events, "kind", "cycle")
        return super().get_table(events, **kwargs)


class EventListingViewSet(PageListingViewSet):
    """All events in one list, the latest first."""

    menu_item_class = PagesMenuItem
    model = EventPage
    icon = "date"
    menu_label = "Все события"
    menu_name = "all-events"
    ordering = "-starts_at"
    index_view_class = EventIndexView
    filterset_class = EventFilterSet
    columns = _columns(
        Column(
            "starts_at",
            label="Когда",
            accessor=lambda event: f"{words.local(event.starts_at):%d.%m.%Y %H:%M}",
            sort_key="starts_at",
        ),
        Column("kind", label="Вид", accessor="kind"),
        Column("format", label="Формат", accessor="get_format_display", sort_key="format"),
        Column("cycle", label="Цикл", accessor=lambda event: event.cycle.title if event.cycle else "—"),
        Column("state", label="Состояние", accessor="get_state_display", sort_key="state"),
        items_column(),
    )


class CycleListingViewSet(PageListingViewSet):
    """All cycles in one list."""

    menu_item_class = PagesMenuItem
    model = EventCyclePage
    icon = "list-ul"
    menu_label = "Циклы"
    menu_name = "event-cycles"
    ordering = "title"
    columns = _columns(Column("planned_count", label="Намечено встреч", sort_key="planned_count"))


class PlanListingViewSet(PageListingViewSet):
    """All plans of events in one list."""

    menu_item_class = PagesMenuItem
    model = EventPlanPage
    icon = "table"
    menu_label = "Планы"
    menu_name = "event-plans"
    ordering = "-starts_on"
    columns = _columns(
        Column(
            "starts_on",
            label="Период",
            accessor=lambda plan: f"{plan.starts_on:%m.%Y} – {plan.ends_on:%m.%Y}",
            sort_key="starts_on",
        )
    )


class EventsGroup(ViewSetGroup):
    """The menu «События»."""

    menu_label = "События"
    menu_icon = "date"
    menu_name = "events"
    menu_order = admin_menu.EVENTS
    items = (
        EventListingViewSet("events_listing", url_prefix="events"),
        CycleListingViewSet("event_cycles_listing", url_prefix="event-cycles"),
        PlanListingViewSet("event_plans_listing", url_prefix="event-plans"),
    )
