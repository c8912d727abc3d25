"""The lists of practices and of collections in the admin."""

from __future__ import annotations

import django_filters
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple, Select
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.pages.listing import IndexView, PageFilterSet
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.pages import PageListingViewSet

from portal.core import admin_menu
from portal.core.page_listing import PagesMenuItem
from portal.organisations.models import Municipality, Organisation
from portal.vocabularies.enums import Vocabulary
from portal.vocabularies.models import Tag, Term
from practices.enums import RecognitionLevel
from practices.models import CollectionPage, PracticePage


def _term_filter(label: str, vocabulary: Vocabulary) -> django_filters.ModelChoiceFilter:
    return django_filters.ModelChoiceFilter(
        field_name="terms", label=label, queryset=lambda request: Term.objects.of(vocabulary)
    )


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
    area = _term_filter("Образовательная область", Vocabulary.AREA)
    kind = _term_filter("Вид практики", Vocabulary.KIND)
    tags = django_filters.ModelChoiceFilter(
        label="Тема",
        field_name="tagged_items__tag",
        queryset=lambda request: Tag.objects.all(),
        empty_label="Все",
        widget=Select,
    )

    class Meta:
        model = PracticePage
        fields: list[str] = []


def _columns(*own: Column) -> list[Column]:
    standard = {column.name: column for column in IndexView.base_columns}
    names = ("latest_revision_created_at", "status")
    return [standard["bulk_actions"], standard["title"], *own, *(standard[name] for name in names)]


def _since(practice: PracticePage) -> str:
    return f"{practice.published_on:%d.%m.%Y}" if practice.published_on else "—"


class PracticeIndexView(IndexView):
    """Practices with the records that the columns show."""

    def annotate_queryset(self, pages: QuerySet) -> QuerySet:
        return super().annotate_queryset(pages).select_related("organisation", "municipality")


class PracticeListingViewSet(PageListingViewSet):
    """All practices in one list."""

    menu_item_class = PagesMenuItem
    model = PracticePage
    icon = "success"
    menu_label = "Все практики"
    menu_name = "all-practices"
    ordering = "-latest_revision_created_at"
    index_view_class = PracticeIndexView
    filterset_class = PracticeFilterSet
    columns = _columns(
        Column("organisation", label="Организация", accessor="organisation.short_name"),
        Column("municipality", label="Муниципалитет", accessor="municipality.short_name"),
        Column("level", label="Признание", accessor="get_level_display", sort_key="level"),
        Column("published_on", label="В банке с", accessor=_since, sort_key="published_on"),
    )


class CollectionListingViewSet(PageListingViewSet):
    """All collections in one list."""

    menu_item_class = PagesMenuItem
    model = CollectionPage
    icon = "list-ul"
    menu_label = "Подборки"
    menu_name = "collections-of-practices"
    ordering = "title"
    columns = _columns()


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
