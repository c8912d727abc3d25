"""Lists of pages behind the first screen, and reports on what is wrong with pages."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from wagtail.admin.filters import ContentTypeFilter, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import PageReportView, ReportView
from wagtail.coreutils import get_content_type_label
from wagtail.models import Page, get_page_content_types

from portal.desk.domain import refusals, reports, waiting
from portal.desk.rules import works_with_pages
from portal.files.models import PortalDocument


class _ForWriters:
    """Open to those who write pages; everybody sees their own sections alone."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not works_with_pages(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class KindFilterSet(WagtailFilterSet):
    content_type = ContentTypeFilter(
        label="Вид", queryset=lambda request: get_page_content_types(include_base_page_type=False)
    )

    class Meta:
        model = Page
        fields = ["content_type"]


class SectionFilterSet(KindFilterSet):
    section = django_filters.ModelChoiceFilter(
        label="Раздел", method="in_section", queryset=lambda request: sections(request.user)
    )

    def in_section(self, pages: QuerySet[Page], name: str, section: Page) -> QuerySet[Page]:
        """Keep the section itself and what stands below it."""
        return pages.filter(path__startswith=section.path)


def sections(user: Any) -> QuerySet[Page]:
    """Sections of the site in which `user` writes."""
    return reports.writable(user).filter(depth=3).order_by("title")


class PagesReport(_ForWriters, PageReportView):
    """A list of pages by one of the questions below."""

    header_icon = "doc-empty-inverse"
    filterset_class = KindFilterSet
    results_template_name = "wagtailadmin/reports/base_report_results.html"
    pages: ClassVar[Any]  # a question of the person: user → pages
    columns = [
        TitleColumn("title", label="Страница", accessor="get_admin_display_title", url_name="wagtailadmin_pages:edit"),
        Column("kind", label="Вид", accessor=lambda page: get_content_type_label(page.content_type)),
        DateColumn("latest_revision_created_at", label="Изменена"),
        Column("status", label="Состояние", accessor="status_string"),
    ]

    def get_queryset(self) -> QuerySet[Page]:
        found: Any = type(self).pages(self.request.user)
        return (
            found.select_related("content_type")
            .prefetch_workflow_states()
            .annotate_approved_schedule()
            .order_by("-latest_revision_created_at")
        )


class ReturnedPages(PagesReport):
    page_title = "Вернули вам на доработку"
    index_url_name, index_results_url_name = "desk_returned", "desk_returned_results"
    pages = staticmethod(waiting.returned)


class DraftPages(PagesReport):
    page_title = "Ваши черновики"
    index_url_name, index_results_url_name = "desk_drafts", "desk_drafts_results"
    pages = staticmethod(waiting.drafts)


class AppointedPages(PagesReport):
    page_title = "Назначено по времени"
    index_url_name, index_results_url_name = "desk_appointed", "desk_appointed_results"
    pages = staticmethod(waiting.appointed)


class RefusedPages(PagesReport):
    page_title = "Не вышли в назначенное время"
    index_url_name, index_results_url_name = "desk_refused", "desk_refused_results"
    pages = staticmethod(refusals.refused)


class PagesWithoutTopic(PagesReport):
    page_title = "Страницы без темы"
    index_url_name, index_results_url_name = "report_without_topic", "report_without_topic_results"
    pages = staticmethod(reports.without_topic)


class FindingsReport(_ForWriters, ReportView):
    """What to mend on pages, line by line."""

    header_icon = "warning"
    paginate_by = 50
    filterset_class = SectionFilterSet
    findings: ClassVar[Any]  # pages → findings
    list_export = ["title", "kind", "place", "problem", "target"]
    export_headings = {
        "title": "Страница", "kind": "Вид", "place": "Где", "problem": "Что не так", "target": "Куда ведёт",
    }  # fmt: skip
    columns = [
        TitleColumn(
            "title",
            label="Страница",
            accessor="title",
            get_url=lambda row: reverse("wagtailadmin_pages:edit", args=[row.page.pk]),
        ),
        Column("kind", label="Вид", accessor="kind"),
        Column("place", label="Где", accessor="place"),
        Column("problem", label="Что не так", accessor="problem"),
        Column("target", label="Куда ведёт", accessor="target"),
    ]

    def get_filtered_queryset(self) -> Any:
        return type(self).findings(self.filter_queryset(reports.writable(self.request.user)))


class MissingAlt(FindingsReport):
    page_title = "Изображения без описания"
    index_url_name, index_results_url_name = "report_missing_alt", "report_missing_alt_results"
    findings = staticmethod(reports.missing_alt)
    columns = FindingsReport.columns[:-1]
    list_export = FindingsReport.list_export[:-1]


class BrokenLinks(FindingsReport):
    page_title = "Неработающие внутренние ссылки"
    index_url_name, index_results_url_name = "report_broken_links", "report_broken_links_results"
    findings = staticmethod(reports.broken_links)


class ScannedDocuments(_ForWriters, ReportView):
    """Files whose text nobody can search or hear."""

    page_title = "Документы-сканы без текста"
    header_icon = "doc-full-inverse"
    index_url_name, index_results_url_name = "report_scans", "report_scans_results"
    list_export = ["title", "filename", "created_at"]
    export_headings = {"title": "Документ", "filename": "Файл", "created_at": "Загружен"}
    columns = [
        TitleColumn("title", label="Документ", url_name="wagtaildocs:edit"),
        Column("filename", label="Файл"),
        DateColumn("created_at", label="Загружен"),
    ]

    def get_queryset(self) -> QuerySet[PortalDocument]:
        return reports.scans()


REPORTS = (PagesWithoutTopic, MissingAlt, BrokenLinks, ScannedDocuments)
