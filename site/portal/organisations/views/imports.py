"""The admin's screen «Импорт организаций»: upload, look, confirm; every step works without JavaScript."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from portal.core.listing import plural
from portal.organisations.domain.rows import HEADERS, OPTIONAL, REQUIRED
from portal.organisations.domain.uploads import confirm, give_up, may_import, receive, restart
from portal.organisations.forms import TableForm
from portal.organisations.models import ImportStatus, OrganisationImport

POLL_SECONDS = 2
SHOWN = 200  # rows of one kind on the page; the counts are of all


class ImportPage(WagtailAdminTemplateMixin):
    """Common furniture of the import's screens, and who may see them."""

    page_title = "Импорт организаций"
    header_icon = "upload"

    @method_decorator(never_cache)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_import(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        own = [{"url": "", "label": self.get_page_subtitle()}] if self.get_page_subtitle() else []
        return [*self.breadcrumbs_items, {"url": reverse("organisation_imports"), "label": self.page_title}, *own]


class UploadView(ImportPage, FormView):
    """Takes a table; lists the last ones."""

    form_class = TableForm
    template_name = "organisations/admin/import_upload.html"

    def form_valid(self, form: TableForm) -> HttpResponse:
        table = form.cleaned_data["table"]
        job = receive(table.name, table.read(), actor=self.request.user)
        return redirect(reverse("organisation_import", args=[job.pk]))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        columns = [(HEADERS[name][0], name in REQUIRED) for name in (*REQUIRED, *OPTIONAL)]
        recent = OrganisationImport.objects.defer("content", "report").select_related("uploaded_by")[:10]
        return super().get_context_data(columns=columns, recent=recent, **kwargs)


class PreviewView(ImportPage, TemplateView):
    """Shows how far a table is, what it would do or has done; POST confirms it, gives it up or starts it anew."""

    template_name = "organisations/admin/import_preview.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.job = get_object_or_404(OrganisationImport.objects.defer("content"), pk=kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return self.job.name

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().get(request, *args, **kwargs)
        if self.job.is_running and not self.job.is_stale:
            response.headers["Refresh"] = str(POLL_SECONDS)
        return response

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        action = request.POST.get("action")
        if action == "confirm" and not confirm(self.job, actor=request.user):
            messages.warning(request, "Эту таблицу уже записывают или записали.")
        elif action == "restart":
            restart(self.job, actor=request.user)
        elif action == "give_up":
            give_up(self.job, actor=request.user)
            messages.success(request, "Таблица отложена, в реестре ничего не изменилось.")
            return redirect(reverse("organisation_imports"))
        return redirect(reverse("organisation_import", args=[self.job.pk]))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        report = self.job.report
        lists = {name: report.get(name, []) for name in ("refused", "changed", "new")}
        rows = self.job.rows_read
        may_write = self.job.status == ImportStatus.CHECKED and not lists["refused"]
        return super().get_context_data(
            job=self.job,
            error=report.get("error", ""),
            unchanged=report.get("unchanged", 0),
            counts={name: len(items) for name, items in lists.items()},
            lists={name: items[:SHOWN] for name, items in lists.items()},
            shown=SHOWN,
            read=f"{rows} {plural(rows, 'строка', 'строки', 'строк')}",
            can_confirm=may_write and bool(lists["changed"] or lists["new"]),
            **kwargs,
        )
