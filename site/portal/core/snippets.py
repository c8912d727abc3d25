"""Admin screens of dictionaries and registers: searched, sorted and chosen by stored keys, with counts of use."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db.models import Model, ProtectedError, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin import messages
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column, NumberColumn
from wagtail.snippets.views import chooser
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from portal.core import usage
from portal.core.matching import matching


class KeyedIndexView(IndexView):
    """A listing whose search and order go by keys: the same on every database, without regard to case and ё."""

    search_keys: tuple[str, ...] = ()
    sort_keys: ClassVar[dict[str, str]] = {"name": "name_sort", "short_name": "name_sort", "title": "title_sort"}
    is_searchable = True

    def search_queryset(self, queryset: QuerySet) -> QuerySet:
        """Rows that have every asked word in their names."""
        if not self.is_searching:
            return queryset
        return queryset.filter(matching(self.search_query, *self.search_keys)).distinct()

    @property
    def columns(self) -> list[Any]:
        """Without ticks: what is in use cannot be deleted by the dozen."""
        return [column for column in super().columns if not isinstance(column, BulkActionsCheckboxColumn)]

    def _get_custom_column(self, field_name: str, column_class: type = Column, **kwargs: Any) -> Column:
        column = super()._get_custom_column(field_name, column_class, **kwargs)
        column.sort_key = self.sort_keys.get(field_name, column.sort_key)
        return column


class KeyFilterForm(BaseFilterForm):
    """The search box of a chooser."""

    q = forms.CharField(
        label="Что найти", required=False, widget=forms.TextInput(attrs={"placeholder": "Часть названия"})
    )

    def filter(self, objects: QuerySet) -> QuerySet:
        """Rows that have every asked word in their names."""
        self.search_query = self.cleaned_data.get("q") or ""
        self.is_searching = bool(self.search_query)
        keys = objects.model.snippet_viewset.search_keys
        return objects.filter(matching(self.search_query, *keys)).distinct()


class KeyedChooseView(chooser.ChooseView):
    filter_form_class = KeyFilterForm


class KeyedChooseResultsView(chooser.ChooseResultsView):
    filter_form_class = KeyFilterForm


class KeyedChooserViewSet(chooser.SnippetChooserViewSet):
    """A chooser that finds by keys."""

    choose_view_class = KeyedChooseView
    choose_results_view_class = KeyedChooseResultsView


class KeyedSnippetViewSet(SnippetViewSet):
    """Screens of one dictionary or register; what is in use is not deleted, and the refusal says where it is used."""

    search_keys: tuple[str, ...] = ("name_match",)
    index_view_class = KeyedIndexView
    chooser_viewset_class = KeyedChooserViewSet
    copy_view_enabled = False
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """All rows with their counts of use."""
        return usage.annotate_usage(self.model._default_manager.all())

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_index_view_kwargs(search_keys=self.search_keys, **kwargs)

    def why_kept(self, instance: Model) -> str:
        """A sentence of the register's own about why a row is not deleted; blank where there is none."""
        return ""

    def advice(self, instance: Model) -> tuple[str, str] | None:
        """What to do instead of deleting: words and an address, or nothing."""
        return None


def usage_columns() -> list[Column]:
    """Columns with the counts of use: published and all."""
    return [
        NumberColumn("usage_public", label="Опубликовано", accessor="usage_public", sort_key="usage_public"),
        NumberColumn("usage_all", label="Указано всего", accessor="usage_all", sort_key="usage_all"),
    ]


def refuse_to_delete_used(request: HttpRequest, instances: list[Model]) -> HttpResponse | None:
    """Answer a request to delete something in use with a sentence and a way out; hook `before_delete_snippet`."""
    for instance in instances:
        viewset = getattr(type(instance), "snippet_viewset", None)
        if not isinstance(viewset, KeyedSnippetViewSet):
            continue
        if reason := viewset.why_kept(instance) or _use_of(instance):
            advice = viewset.advice(instance)
            buttons = [messages.button(advice[1], advice[0])] if advice else None
            messages.error(request, reason, buttons=buttons)
            return redirect(reverse(viewset.get_url_name("edit"), args=[instance.pk]))
    return None


def _use_of(instance: Model) -> str:
    """Return why the rule for values in use keeps the row, blank when it does not."""
    try:
        usage.refuse_if_used(type(instance), instance)
    except ProtectedError as error:
        return str(error.args[0])
    return ""
