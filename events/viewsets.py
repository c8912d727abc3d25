"""The lists of events, cycles and plans in the admin."""

from __future__ import annotations

import django_filters
from django.db.models import Q, QuerySet
from django.forms import CheckboxSelectMultiple, Select
from django.utils import timezone
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.base import ViewSetGroup

from events.domain import words
from events.enums import EventFormat, EventState
from events.models import EventCyclePage, EventPage, EventPlanPage
from portal.core import admin_menu
from portal.core.page_listing import PageListFilterSet, PageListView, PageListViewSet, page_columns
from portal.organisations.models import Municipality
from portal.roadmap.columns import NamesItems, items_column
from portal.vocabularies.enums import Vocabulary
from portal.vocabularies.models import Term
from portal.vocabularies.page_filters import topic_filter


def _is_over(pages: QuerySet, name: str, value: str) -> QuerySet:
    over = Q(ends_at__lt=timezone.now())
    return pages.filter(over) if value == "yes" else pages.exclude(over)


class EventFilterSet(PageListFilterSet):
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
    tags = topic_filter("event_items")

    class Meta:
        model = EventPage
        fields: list[str] = []


class EventIndexView(NamesItems, PageListView):
    joined = ("kind", "cycle")


class EventListingViewSet(PageListViewSet):
    """All events in one list, the latest first."""

    model = EventPage
    icon = "date"
    menu_label = "Все события"
    menu_name = "all-events"
    ordering = "-starts_at"
    index_view_class = EventIndexView
    filterset_class = EventFilterSet
    columns = page_columns(
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


class CycleListingViewSet(PageListViewSet):
    """All cycles in one list."""

    model = EventCyclePage
    icon = "list-ul"
    menu_label = "Циклы"
    menu_name = "event-cycles"
    ordering = "title"
    columns = page_columns(Column("planned_count", label="Намечено встреч", sort_key="planned_count"))


class PlanListingViewSet(PageListViewSet):
    """All plans of events in one list."""

    model = EventPlanPage
    icon = "table"
    menu_label = "Планы"
    menu_name = "event-plans"
    ordering = "-starts_on"
    columns = page_columns(
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
