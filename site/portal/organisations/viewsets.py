"""Screens of the registry in the admin."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.forms import RadioSelect, Select
from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, DateColumn
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from portal.core import admin_menu
from portal.core.admin_filters import YesNoFilter
from portal.core.snippets import KeyedSnippetViewSet, usage_columns
from portal.organisations.domain.uploads import may_import
from portal.organisations.forms import MunicipalityForm, OrganisationForm
from portal.organisations.models import Municipality, MunicipalityKind, Organisation
from portal.organisations.people_viewsets import VIEWSETS
from portal.vocabularies.enums import Vocabulary
from portal.vocabularies.models import Term


class MunicipalityFilterSet(WagtailFilterSet):
    kind = django_filters.ChoiceFilter(
        label="Вид", choices=MunicipalityKind.choices, empty_label="Все", widget=RadioSelect
    )

    class Meta:
        model = Municipality
        fields = ["kind"]


class MunicipalityViewSet(KeyedSnippetViewSet):
    """Screens of municipalities and city districts."""

    model = Municipality
    icon = "site"
    menu_label = "Муниципалитеты"
    search_keys = ("name_match",)
    list_display = ["short_name", "name", "kind", "parent", *usage_columns()]
    filterset_class = MunicipalityFilterSet
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [FieldPanel("name"), FieldPanel("short_name"), FieldPanel("genitive"), FieldPanel("aliases")],
                heading="Названия",
            ),
            MultiFieldPanel([FieldPanel("kind"), FieldPanel("parent", widget=Select)], heading="Что это"),
            MultiFieldPanel([FieldPanel("slug"), FieldPanel("centre"), FieldPanel("oktmo")], heading="Сведения"),
            FieldPanel("intro"),
        ],
        base_form_class=MunicipalityForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("parent")


class OrganisationFilterSet(WagtailFilterSet):
    kind = django_filters.ModelChoiceFilter(
        label="Вид", queryset=lambda request: Term.objects.of(Vocabulary.ORGANISATION_KIND)
    )
    municipality = django_filters.ModelChoiceFilter(
        label="Муниципалитет", queryset=lambda request: Municipality.objects.formations(), null_label="Областные"
    )
    closed_on = YesNoFilter(label="Закрыта", lookup_expr="isnull", exclude=True)
    is_demo = YesNoFilter(label="Демонстрационная")

    class Meta:
        model = Organisation
        fields = ["kind", "municipality", "closed_on", "is_demo"]


class OrganisationViewSet(KeyedSnippetViewSet):
    """Screens of organisations."""

    model = Organisation
    icon = "home"
    menu_label = "Организации"
    search_keys = ("name_match", "short_match", "inn")
    list_display = [
        "short_name",
        "kind",
        "municipality",
        "inn",
        DateColumn("closed_on", label="Закрыта с", sort_key="closed_on"),
        BooleanColumn("is_demo", label="Демонстрационная"),
        *usage_columns(),
    ]
    filterset_class = OrganisationFilterSet
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldPanel("name"),
                    FieldPanel("short_name"),
                    FieldPanel("kind"),
                    FieldPanel("inn"),
                    FieldPanel("slug"),
                ],
                heading="Организация",
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel(
                        [FieldPanel("municipality", widget=Select), FieldPanel("city_district", widget=Select)]
                    ),
                    FieldPanel("settlement"),
                    FieldPanel("address"),
                ],
                heading="Где",
            ),
            MultiFieldPanel([FieldPanel("phone"), FieldPanel("email"), FieldPanel("website")], heading="Связь"),
            MultiFieldPanel(
                [
                    HelpPanel(
                        "Имя руководителя — персональные данные. Посетители видят его, только если вы отметили ниже, "
                        "что оно опубликовано на официальном сайте организации."
                    ),
                    FieldRowPanel([FieldPanel("head_position"), FieldPanel("head_name")]),
                    FieldPanel("head_is_public"),
                ],
                heading="Руководитель",
            ),
            FieldPanel("closed_on"),
        ],
        base_form_class=OrganisationForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("municipality", "kind")

    def why_kept(self, instance: Any) -> str:
        """People belong or belonged to it: their work and its history hang on the row."""
        if not instance.memberships.exists():
            return ""
        number = instance.memberships.active().count()
        who = f"в ней состоят люди: {number}" if number else "в ней состояли люди"
        return f"«{instance}» нельзя удалить: {who}. Если организация больше не работает, поставьте дату закрытия."


class ImportMenuItem(MenuItem):
    """Shown to those who may load organisations."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_import(request.user)


class RegistryGroup(SnippetViewSetGroup):
    """The menu «Организации»."""

    menu_label = "Организации"
    menu_icon = "home"
    menu_order = admin_menu.ORGANISATIONS
    items = (OrganisationViewSet, MunicipalityViewSet, *VIEWSETS)

    def get_submenu_items(self) -> list[Any]:
        item = ImportMenuItem(
            "Импорт организаций", reverse("organisation_imports"), icon_name="upload", order=len(self.registerables) + 1
        )
        return [*super().get_submenu_items(), item]
