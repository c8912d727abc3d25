"""Screens of the dictionaries in the admin."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import path, reverse
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import EditView, SnippetViewSetGroup

from portal.core import admin_menu
from portal.core.snippets import KeyedIndexView, KeyedSnippetViewSet, usage_columns
from portal.vocabularies.enums import Vocabulary
from portal.vocabularies.forms import TagForm, TermForm
from portal.vocabularies.models import VOCABULARY_MODELS, DictionaryTerm, Tag, Term
from portal.vocabularies.views.topics import MergeView

_ICONS = {
    Vocabulary.AREA: "grid",
    Vocabulary.AGE: "calendar",
    Vocabulary.GROUP_KIND: "group",
    Vocabulary.QUALITY_AREA: "success",
    Vocabulary.AUDIENCE: "user",
    Vocabulary.POSITION: "user",
    Vocabulary.NEED: "help",
    Vocabulary.KIND: "folder",
    Vocabulary.MATURITY: "order-up",
    Vocabulary.APPROBATION: "site",
    Vocabulary.LICENCE: "lock-open",
    Vocabulary.ORGANISATION_KIND: "home",
    Vocabulary.NEWS_CATEGORY: "doc-full",
    Vocabulary.DOCUMENT_KIND: "doc-empty",
    Vocabulary.TAG_GROUP: "folder-inverse",
    Vocabulary.DEFICIT_GROUP: "folder-inverse",
    Vocabulary.DEFICIT: "warning",
    Vocabulary.EVENT_KIND: "date",
}


class TermViewSet(KeyedSnippetViewSet):
    """Screens of one dictionary."""

    search_keys = ("title_match",)
    sort_order_field = "order"

    def __init__(self, model: type[DictionaryTerm]) -> None:
        self.model = model
        self.icon = _ICONS[model.VOCABULARY]
        self.menu_label = model.VOCABULARY.label
        nested = model.PARENTS is not None
        self.list_display = ["title", "short_title", "order", *(["parent"] if nested else []), *usage_columns()]
        panels = [
            FieldPanel("title"),
            FieldPanel("short_title"),
            FieldPanel("slug"),
            *([FieldPanel("parent")] if nested else []),
            FieldPanel("description"),
            FieldPanel("order"),
            FieldPanel("data", permission="superuser", help_text="Читает программа; менять только со знанием дела."),
        ]
        self.edit_handler = ObjectList(panels, base_form_class=TermForm)
        if nested:
            self.filterset_class = _parent_filter(model)
        super().__init__()

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("parent")


def _parent_filter(model: type[DictionaryTerm]) -> type[WagtailFilterSet]:
    def tops(request: HttpRequest | None) -> QuerySet:
        return Term.objects.of(str(model.PARENTS)).filter(parent=None)

    class ParentFilterSet(WagtailFilterSet):
        parent = django_filters.ModelChoiceFilter(label="Входит в", queryset=tops)

        class Meta:
            model = Term
            fields = ["parent"]

    return ParentFilterSet


class TagFilterSet(WagtailFilterSet):
    group = django_filters.ModelChoiceFilter(
        label="Группа тем", queryset=lambda request: Term.objects.of(Vocabulary.TAG_GROUP), null_label="Без группы"
    )

    class Meta:
        model = Tag
        fields = ["group"]


class TagIndexView(KeyedIndexView):
    merge_url_name = ""

    def get_list_more_buttons(self, instance: Model) -> list[Button]:
        buttons = super().get_list_more_buttons(instance)
        if self.merge_url_name and self.user_has_permission("delete"):
            url = reverse(self.merge_url_name, args=[instance.pk])
            buttons.append(Button("Объединить с другой", url=url, icon_name="resubmit", priority=25))
        return buttons


class TagEditView(EditView):
    merge_url_name = ""

    @property
    def header_more_buttons(self) -> list[Button]:
        buttons = [*super().header_more_buttons]
        if self.user_has_permission("delete"):
            url = reverse(self.merge_url_name, args=[self.object.pk])
            buttons.append(Button("Объединить с другой темой", url=url, icon_name="resubmit", priority=25))
        return buttons


class TagViewSet(KeyedSnippetViewSet):
    """Screens of topics."""

    model = Tag
    icon = "tag"
    menu_label = "Темы"
    search_keys = ("name_match", "aliases__name_match")
    index_view_class = TagIndexView
    edit_view_class = TagEditView
    filterset_class = TagFilterSet
    list_display = ["name", "group", *usage_columns()]
    edit_handler = ObjectList(
        [
            MultiFieldPanel([FieldPanel("name"), FieldPanel("slug"), FieldPanel("group")], heading="Тема"),
            FieldPanel("intro"),
            InlinePanel(
                "aliases",
                panels=[FieldPanel("name")],
                heading="Другие названия",
                label="название",
                help_text="Синонимы и прежние названия: по ним тему находят, и набранное в карточке ведёт к этой теме.",
            ),
        ],
        base_form_class=TagForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("group")

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_index_view_kwargs(merge_url_name=self.get_url_name("merge"), **kwargs)

    def get_edit_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_edit_view_kwargs(merge_url_name=self.get_url_name("merge"), **kwargs)

    def advice(self, instance: Model) -> tuple[str, str]:
        return "Объединить с другой темой", reverse(self.get_url_name("merge"), args=[instance.pk])

    def get_urlpatterns(self) -> list[Any]:
        merge = MergeView.as_view(
            index_url_name=self.get_url_name("list"),
            edit_url_name=self.get_url_name("edit"),
        )
        return [*super().get_urlpatterns(), path("merge/<int:pk>/", merge, name="merge")]


class DictionariesGroup(SnippetViewSetGroup):
    """The menu «Справочники»."""

    menu_label = "Справочники"
    menu_icon = "list-ul"
    menu_order = admin_menu.VOCABULARIES
    items = (TagViewSet(), *(TermViewSet(model) for model in VOCABULARY_MODELS.values()))
