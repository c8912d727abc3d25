"""The list of contests and their register in the admin."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.forms import Select
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from contests.domain.standing import Standing, standing
from contests.enums import ContestState
from contests.models import ContestPage, ContestSeries
from portal.core import admin_menu
from portal.core.page_listing import PageListFilterSet, PageListView, PageListViewSet, page_columns
from portal.core.snippets import KeyedSnippetViewSet, usage_columns
from portal.roadmap.columns import NamesItems, items_column
from portal.vocabularies.page_filters import topic_filter


def _years(request: Any) -> list[tuple[int, str]]:
    years = ContestPage.objects.order_by("-year").values_list("year", flat=True).distinct()
    return [(year, str(year)) for year in years]


class ContestFilterSet(PageListFilterSet):
    series = django_filters.ModelChoiceFilter(
        label="Конкурс", queryset=lambda request: ContestSeries.objects.all(), empty_label="Все", widget=Select
    )
    year = django_filters.ChoiceFilter(label="Год", choices=lambda: _years(None), empty_label="Все", widget=Select)
    state = django_filters.ChoiceFilter(
        label="Состояние", choices=ContestState.choices, method="filter_state", empty_label="Все", widget=Select
    )
    results_are_public = django_filters.ChoiceFilter(
        label="Результаты",
        choices=[("True", "показываются"), ("False", "закрыты")],
        empty_label="Все",
        widget=Select,
    )
    tags = topic_filter("contest_items")

    class Meta:
        model = ContestPage
        fields: list[str] = []

    def filter_state(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Contests that stand so now; the state follows from stages, so it is derived for each."""
        known = ContestPage.objects.prefetch_related("stages")
        return queryset.filter(pk__in=[page.pk for page in known if _standing(page).state == value])


def _standing(page: ContestPage) -> Standing:
    return standing(
        list(page.stages.all()),
        timezone.now(),
        year=page.year,
        cancel_reason=page.cancel_reason if page.is_cancelled else None,
        results_on=page.results_on if page.results_are_shown else None,
    )


def _stage(page: ContestPage) -> str:
    """The stages that are on: «Заочный тур»; the state where none is."""
    stands = _standing(page)
    stages = list(page.stages.all())
    return ", ".join(stages[number].title for number in stands.now) or stands.state.label


def _days(page: ContestPage) -> str:
    """«38 дней до конца приёма», «завершён»."""
    stands = _standing(page)
    return f"{stands.number} {stands.words}".strip()


class ContestIndexView(NamesItems, PageListView):
    joined = ("series", "stages")


class ContestListingViewSet(PageListViewSet):
    """All contests in one list, the newest year first."""

    model = ContestPage
    icon = "pick"
    menu_label = "Все конкурсы"
    menu_name = "all-contests"
    ordering = "-year"
    index_view_class = ContestIndexView
    filterset_class = ContestFilterSet
    columns = page_columns(
        Column("series", label="Конкурс", accessor="series.short_title"),
        Column("year", label="Год", accessor="year", sort_key="year"),
        Column("stage", label="Этап сейчас", accessor=_stage),
        Column("days", label="Осталось", accessor=_days),
        items_column(),
    )


class ContestSeriesViewSet(KeyedSnippetViewSet):
    """The register of contests."""

    model = ContestSeries
    icon = "list-ol"
    menu_label = "Реестр конкурсов"
    menu_name = "contest-series"
    search_keys = ("title_match",)
    ordering = ["title_sort"]
    list_display = [
        "short_title",
        Column("level", label="Уровень", accessor="get_level_display"),
        Column("contest_object", label="Кто участвует", accessor="get_contest_object_display"),
        *usage_columns(),
    ]
    panels = [
        MultiFieldPanel([FieldPanel("title"), FieldPanel("short_title"), FieldPanel("full_title")], heading="Названия"),
        FieldPanel("aliases"),
        FieldRowPanel([FieldPanel("contest_object"), FieldPanel("level")], heading="Кто и где"),
        FieldPanel("slug"),
    ]


class ContestsGroup(SnippetViewSetGroup):
    """The menu «Конкурсы»."""

    menu_label = "Конкурсы"
    menu_icon = "pick"
    menu_name = "contests"
    menu_order = admin_menu.CONTESTS
    items = (ContestListingViewSet("contests_listing", url_prefix="contests"), ContestSeriesViewSet)
