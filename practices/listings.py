"""The list of practices in the admin: whose, where from, how recognised."""

from __future__ import annotations

import django_filters
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple, Select
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.pages.listing import IndexView, PageFilterSet
from wagtail.admin.viewsets.pages import PageListingViewSet

from portal.organisations.models import Municipality, Organisation
from portal.vocabularies.models import Tag
from practices.enums import RecognitionLevel
from practices.models import PracticePage


class PracticeFilterSet(PageFilterSet):
    """Filters of the list; those of Wagtail that tell nothing here are left out."""

    site = None
    has_child_pages = None
    live = django_filters.ChoiceFilter(
        label="На сайте",
        choices=[("True", "опубликованы"), ("False", "не опубликованы")],
        empty_label="Все",
        widget=Select,
    )
    municipality = django_filters.ModelChoiceFilter(
        label="Муниципалитет", queryset=Municipality.objects.formations(), empty_label="Все", widget=Select
    )
    organisation = django_filters.ModelChoiceFilter(
        label="Организация",
        queryset=lambda request: Organisation.objects.exclude(practicepages=None),
        empty_label="Все",
        widget=Select,
    )
    level = django_filters.MultipleChoiceFilter(
        label="Уровень признания", choices=RecognitionLevel.choices, widget=CheckboxSelectMultiple
    )
    tags = django_filters.ModelChoiceFilter(
        label="Тема", field_name="tagged_items__tag", queryset=Tag.objects.all(), empty_label="Все", widget=Select
    )

    class Meta:
        model = PracticePage
        fields: list[str] = []


class PracticeIndexView(IndexView):
    """The list with the records that its columns name, read at once."""

    def get_base_queryset(self) -> QuerySet[PracticePage]:
        return super().get_base_queryset().select_related("organisation", "municipality")


class PracticeListing(PageListingViewSet):
    """All practices of the bank, wherever they stand in the tree."""

    model = PracticePage
    index_view_class = PracticeIndexView
    icon = "pick"
    menu_label = "Практики"
    menu_order = 150
    add_to_admin_menu = True
    filterset_class = PracticeFilterSet
    columns = [
        *IndexView.base_columns[:2],
        Column("organisation", label="Организация", accessor="organisation.short_name"),
        Column("municipality", label="Муниципалитет", accessor="municipality.short_name"),
        Column("level", label="Уровень", accessor="get_level_display", sort_key="level"),
        DateColumn("published_on", label="В банке с", sort_key="published_on"),
        *IndexView.base_columns[2:],
    ]
