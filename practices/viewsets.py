"""The lists of practices and of collections in the admin."""

from __future__ import annotations

import django_filters
from django.forms import CheckboxSelectMultiple, Select
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.base import ViewSetGroup

from portal.core import admin_menu
from portal.core.page_listing import PageListFilterSet, PageListView, PageListViewSet, page_columns
from portal.organisations.models import Municipality, Organisation
from portal.vocabularies.enums import Vocabulary
from portal.vocabularies.page_filters import term_filter, topic_filter
from practices.enums import RecognitionLevel
from practices.models import CollectionPage, PracticePage


class PracticeFilterSet(PageListFilterSet):
    live = django_filters.ChoiceFilter(
        label="На сайте",
        choices=[("True", "опубликованы"), ("False", "не опубликованы")],
        empty_label="Все",
        widget=Select,
    )
    municipality = django_filters.ModelChoiceFilter(
        label="Муниципалитет",
        queryset=lambda request: Municipality.objects.formations(),
        empty_label="Все",
        widget=Select,
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
    area = term_filter("Образовательная область", Vocabulary.AREA, field_name="terms")
    kind = term_filter("Вид практики", Vocabulary.KIND, field_name="terms")
    tags = topic_filter("practice_items")

    class Meta:
        model = PracticePage
        fields: list[str] = []


def _since(practice: PracticePage) -> str:
    return f"{practice.published_on:%d.%m.%Y}" if practice.published_on else "—"


class PracticeIndexView(PageListView):
    joined = ("organisation", "municipality")


class PracticeListingViewSet(PageListViewSet):
    """All practices in one list."""

    model = PracticePage
    icon = "success"
    menu_label = "Все практики"
    menu_name = "all-practices"
    ordering = "-latest_revision_created_at"
    index_view_class = PracticeIndexView
    filterset_class = PracticeFilterSet
    columns = page_columns(
        Column("organisation", label="Организация", accessor="organisation.short_name"),
        Column("municipality", label="Муниципалитет", accessor="municipality.short_name"),
        Column("level", label="Признание", accessor="get_level_display", sort_key="level"),
        Column("published_on", label="В банке с", accessor=_since, sort_key="published_on"),
    )


class CollectionListingViewSet(PageListViewSet):
    """All collections in one list."""

    model = CollectionPage
    icon = "list-ul"
    menu_label = "Подборки"
    menu_name = "collections-of-practices"
    ordering = "title"
    columns = page_columns()


class PracticesGroup(ViewSetGroup):
    """The menu «Практики»."""

    menu_label = "Практики"
    menu_icon = "success"
    menu_name = "practices"
    menu_order = admin_menu.PRACTICES
    items = (
        PracticeListingViewSet("practices_listing", url_prefix="practices"),
        CollectionListingViewSet("collections_listing", url_prefix="practice-collections"),
    )
