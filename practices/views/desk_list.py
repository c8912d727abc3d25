"""Tables of the office in the admin: submissions for moderators, accepted ones for editors of the bank."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.views.decorators.cache import never_cache
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views.generic.models import IndexView
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import log

from portal.core import exports
from portal.core.admin_search import MatchKeySearchMixin
from practices import rules
from practices.desk_filters import SubmissionFilterSet
from practices.domain import desk
from practices.models import PracticeSubmission

PER_PAGE = 50
EXPORTED = "practices.export_contacts"


def desk_address(submission: Any) -> str:
    """Return the address of the desk's page of a submission."""
    return reverse("practice_desk_submission", args=[submission.public_id])


class TermColumn(Column):
    """Until when, in words; a late one has a sign beside the words, so that colour alone says nothing."""

    cell_template_name = "practices/admin/term_cell.html"

    def get_value(self, instance: Any) -> dict[str, Any]:
        """The words, and whether it is late."""
        return {"words": desk.term_words(instance), "is_late": desk.is_late(instance)}


_NUMBER = Column("number", label="Номер", sort_key="number", classname="desk-number")
_TITLE = TitleColumn(
    "title",
    label="Название",
    accessor=str,
    get_url=desk_address,
    get_title_id=lambda submission: f"submission_{submission.pk}_title",
)
_ORGANISATION = Column(
    "organisation", label="Организация", accessor="organisation.short_name", sort_key="organisation__name_sort"
)
_STATUS = Column("status", label="Статус", accessor="get_status_display", sort_key="status")
_TERM = TermColumn("due_at", label="Срок", sort_key="due_at")


@method_decorator(never_cache, name="dispatch")
class DeskTable(MatchKeySearchMixin, IndexView):
    """What the tables share: who sees them is told by `is_open_to`; for others they do not exist."""

    model = PracticeSubmission
    any_permission_required = None  # asked of the rules below, not of rights over tables
    is_searchable = True
    key_fields = ("title_match", "organisation__name_match", "organisation__short_match")
    paginate_by = PER_PAGE
    header_icon = "doc-full"
    default_ordering = "-sent_at"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.is_open_to(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def is_open_to(self, user: Any) -> bool:
        raise NotImplementedError

    def get_base_queryset(self) -> QuerySet[PracticeSubmission]:
        return desk.received()

    def search_queryset(self, queryset: QuerySet) -> QuerySet:
        """By words of the title and of the organisation, or by a part of the number."""
        if not self.is_searching:
            return queryset
        by_number = Q(number__contains=self.search_query.strip().upper())
        return queryset.filter(
            Q(pk__in=super().search_queryset(PracticeSubmission.objects.sent()).values("pk")) | by_number
        )


class SubmissionsView(DeskTable):
    """«Заявки с практиками»."""

    page_title = "Заявки с практиками"
    index_url_name, index_results_url_name = "practice_desk", "practice_desk_results"
    template_name = "practices/admin/desk.html"
    filterset_class = SubmissionFilterSet
    list_export = ["number"]  # turns the buttons on; what goes out is told by `as_spreadsheet`
    columns = [
        BulkActionsCheckboxColumn("bulk_actions", obj_type="submission"),
        _NUMBER,
        _TITLE,
        _STATUS,
        _TERM,
        _ORGANISATION,
        Column("municipality", label="Муниципалитет", accessor=lambda row: _municipality(row) or "—"),
        Column("moderator", label="Ведёт", accessor=lambda row: desk.name_of(row.moderator)),
        DateColumn("sent_at", label="Отправлена", sort_key="sent_at"),
        Column("status_since", label="В статусе с", accessor=desk.since_words, sort_key="status_since"),
        Column("round", label="Возвратов", accessor=desk.round_words),
    ]

    def is_open_to(self, user: Any) -> bool:
        return rules.is_office(user)

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        url = f"{self.get_export_url('xlsx')}&contacts=1"
        whole = Button("Скачать XLSX с контактами авторов", url=url, icon_name="download", priority=95)
        return [*super().header_more_buttons, whole]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(*args, **kwargs), "drafts": desk.drafts_words()}

    def as_spreadsheet(self, queryset: Any, spreadsheet_format: str) -> HttpResponseBase:
        """The table as it is narrowed; contacts only when asked for, and the journal keeps who took them."""
        columns: tuple[exports.Column, ...] = COLUMNS
        if self.request.GET.get("contacts") == "1":
            columns = (*COLUMNS, *CONTACTS)
            log(
                instance=self.request.user,
                action=EXPORTED,
                user=self.request.user,
                data={"submissions": queryset.count()},
            )
        return exports.export_response(spreadsheet_format, "Заявки с практиками", columns, queryset)  # type: ignore[arg-type]


def _municipality(submission: Any) -> str:
    place = submission.organisation.municipality if submission.organisation else None
    return place.short_name if place else ""


COLUMNS = (
    exports.Column("Номер", "number"),
    exports.Column("Название", "title"),
    exports.Column("Организация", "organisation.short_name"),
    exports.Column("Муниципалитет", _municipality),
    exports.Column("Статус", "get_status_display"),
    exports.Column("Отправлена", "sent_at", kind="datetime"),
    exports.Column("В статусе с", "status_since", kind="datetime"),
    exports.Column("Срок", "due_at", kind="datetime"),
    exports.Column("Просрочено", desk.is_late),
    exports.Column("Ведёт", "moderator.full_name"),
    exports.Column("Возвратов", desk.round_words),
)
CONTACTS = (
    exports.Column("Контактное лицо", "contact_name"),
    exports.Column("Электронная почта", "contact_email"),
    exports.Column("Телефон", "contact_phone"),
)


class PagesToMakeView(DeskTable):
    """«Принятые заявки» for editors of the bank: whose page is to be made, sent to the author, published."""

    page_title = "Принятые: сделать страницу"
    index_url_name, index_results_url_name = "practice_pages_to_make", "practice_pages_to_make_results"
    default_ordering = "due_at"
    header_icon = "success"
    columns = [
        _NUMBER,
        _TITLE,
        _ORGANISATION,
        Column("stage", label="Что делать", accessor=lambda row: stage_words(row)),
        _TERM,
        Column("page", label="Страница", accessor="page"),
    ]

    def is_open_to(self, user: Any) -> bool:
        return rules.is_bank_editor(user)

    def get_base_queryset(self) -> QuerySet[PracticeSubmission]:
        return desk.received().filter(status__in=desk.TO_MAKE_PAGES)


def stage_words(submission: Any) -> str:
    """Return what the editor does next with an accepted submission, or whom it waits for."""
    if submission.page_id is None:
        return "Создать страницу"
    if submission.status == desk.S.ACCEPTED:
        return "Отправить текст автору"
    return "Опубликовать: автор согласен" if submission.agreed_revision_id else "Ждёт ответа автора"
