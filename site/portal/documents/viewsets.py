"""The list of documents in the admin."""

from __future__ import annotations

import django_filters
from django.db.models import Q, QuerySet
from django.forms import Select
from django.utils import timezone
from wagtail.admin.ui.tables import Column

from portal.core import admin_menu
from portal.core.page_listing import PageListFilterSet, PageListView, PageListViewSet, page_columns
from portal.documents.enums import IN_FORCE, STATES, VOID
from portal.documents.models import DocumentPage
from portal.organisations.models import Organisation
from portal.vocabularies.enums import Vocabulary
from portal.vocabularies.page_filters import term_filter, topic_filter


class DocumentFilterSet(PageListFilterSet):
    kind = term_filter("Вид", Vocabulary.DOCUMENT_KIND)
    issuer = django_filters.ModelChoiceFilter(
        label="Кто издал",
        queryset=lambda request: Organisation.objects.exclude(issued_documents=None),
        empty_label="Все",
        widget=Select,
    )
    state = django_filters.ChoiceFilter(
        label="Действие", choices=list(STATES.items()), method="filter_state", empty_label="Все", widget=Select
    )
    scan = django_filters.ChoiceFilter(
        label="Файлы",
        choices=[("scan", "есть скан без текста")],
        method="filter_scan",
        empty_label="Все",
        widget=Select,
    )
    tags = topic_filter("document_items")

    class Meta:
        model = DocumentPage
        fields: list[str] = []

    def filter_state(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Documents in force today, or void."""
        void = Q(void_since__lte=timezone.localdate())
        return {IN_FORCE: queryset.exclude(void), VOID: queryset.filter(void)}[value]

    def filter_scan(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Documents one of whose files is a scan without text."""
        return queryset.filter(files__document__scan_only=True).distinct()


class DocumentIndexView(PageListView):
    joined = ("kind", "issuer")


class DocumentListingViewSet(PageListViewSet):
    """All documents in one list, the latest first."""

    model = DocumentPage
    index_view_class = DocumentIndexView
    icon = "doc-full-inverse"
    menu_label = "Документы"
    menu_name = "official-documents"
    menu_order = admin_menu.DOCUMENTS
    add_to_admin_menu = True
    ordering = "-date"
    filterset_class = DocumentFilterSet
    columns = page_columns(
        Column("kind", label="Вид", accessor=lambda page: page.kind.label),
        Column("number", label="Номер", accessor="number", sort_key="number_match"),
        Column("date", label="Дата", accessor=lambda page: f"{page.date:%d.%m.%Y}", sort_key="date"),
        Column("issuer", label="Кто издал", accessor="issuer_title"),
        Column("force", label="Действует", accessor=lambda page: "да" if page.is_in_force else "нет"),
    )


document_listing = DocumentListingViewSet("document_listing", url_prefix="official-documents")
