"""The list of contests and their register in the admin."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.forms import Select
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.pages.listing import IndexView, PageFilterSet
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from contests.domain.standing import Standing, standing
from contests.enums import ContestState
from contests.models import ContestPage, ContestSeries
from portal.core import admin_menu
from portal.core.page_listing import PagesMenuItem
from portal.core.snippets import KeyedSnippetViewSet, usage_columns
from portal.vocabularies.models import Tag


def _years(request: Any) -> list[tuple[int, str]]:
    years = ContestPage.objects.order_by("-year").values_list("year", flat=True).distinct()
    return [(year, str(year)) for year in years]


class ContestFilterSet(PageFilterSet):
    """Filters of the list; those of Wagtail that tell nothing here are left out."""

    site = None
    has_child_pages = None
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
    tags = django_filters.ModelChoiceFilter(
        label="Тема",
        field_name="tagged_items__tag",
        queryset=lambda request: Tag.objects.exclude(contest_items=None),
        empty_label="Все",
        widget=Select,
    )

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


def _items(page: ContestPage) -> str:
    """The items of plans that the contest proves: «12, 13»."""
    return ", ".join(link.item.label for link in page.evidence_links.all()) or "—"


class ContestIndexView(IndexView):
    """Contests with the records that the columns show."""

    def annotate_queryset(self, pages: QuerySet) -> QuerySet:
        related = super().annotate_queryset(pages).select_related("series")
        return related.prefetch_related("stages", "evidence_links__item")


class ContestListingViewSet(PageListingViewSet):
    """All contests in one list, the newest year first."""

    menu_item_class = PagesMenuItem
    model = ContestPage
    icon = "pick"
    menu_label = "Все конкурсы"
    menu_name = "all-contests"
    ordering = "-year"
    index_view_class = ContestIndexView
    filterset_class = ContestFilterSet
    columns = [
        *[column for column in IndexView.base_columns if column.name in {"bulk_actions", "title"}],
        Column("series", label="Конкурс", accessor="series.short_title"),
        Column("year", label="Год", accessor="year", sort_key="year"),
        Column("stage", label="Этап сейчас", accessor=_stage),
        Column("days", label="Осталось", accessor=_days),
        Column("items", label="Пункты плана", accessor=_items),
        *[column for column in IndexView.base_columns if column.name in {"latest_revision_created_at", "status"}],
    ]


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
