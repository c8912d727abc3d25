"""A plan edited as a table: uploaded, looked at, applied; nothing is kept on the server between the steps."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from portal.core.listing import plural
from portal.core.sheet_headers import SheetError
from portal.organisations.forms import TableForm
from portal.roadmap import rules
from portal.roadmap.domain import table_edits
from portal.roadmap.domain.errors import RoadmapError
from portal.roadmap.domain.sheet import COLUMNS, READ_ONLY
from portal.roadmap.models import RoadmapPage
from portal.roadmap.views.desk import DeskPage

SALT = "portal.roadmap.table"
LASTS_SECONDS = 3600  # between the preview and the confirmation
_ITEMS = ("пункт", "пункта", "пунктов")


class TableView(DeskPage):
    """Takes a table and shows exactly what it would change; a second POST, with what was shown signed, changes it."""

    template_name = "roadmap/admin/table.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.form = TableForm()
        self.preview: table_edits.Preview | None = None
        self.error = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.plan = get_object_or_404(RoadmapPage, pk=kwargs["pk"])
        if not rules.can_run_plan(request.user, self.plan):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return f"Правки таблицей: {self.plan.title}"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "edits" in request.POST:
            return self._apply(request)
        self.form = TableForm(request.POST, request.FILES)
        if self.form.is_valid():
            try:
                rows = table_edits.read_table(self.form.cleaned_data["table"].read())
                self.preview = table_edits.preview(self.plan, rows, actor=request.user)
            except SheetError as error:
                self.form.add_error("table", str(error))
        return self.get(request, *args, **kwargs)

    def _apply(self, request: HttpRequest) -> HttpResponse:
        try:
            signed = signing.loads(request.POST["edits"], salt=f"{SALT}:{self.plan.pk}", max_age=LASTS_SECONDS)
            edits = [table_edits.ItemEdit(**edit) for edit in signed]
            number = table_edits.apply(self.plan, edits, actor=request.user)
        except signing.BadSignature:
            self.error = "Прошло больше часа: загрузите таблицу ещё раз."
        except RoadmapError as error:
            self.error = f"{error} Ничего не изменено."
        else:
            messages.success(request, f"Изменено: {number} {plural(number, *_ITEMS)}.")
            return redirect(f"{reverse('my_roadmap')}?plan={self.plan.slug}")
        return self.get(request)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = self.preview
        edits = [asdict(edit) for edit in found.items] if found and not found.problems else []
        return super().get_context_data(
            plan=self.plan,
            form=self.form,
            preview=found,
            error=self.error,
            signed=signing.dumps(edits, salt=f"{SALT}:{self.plan.pk}", compress=True) if edits else "",
            read_only=[COLUMNS[name].title for name in READ_ONLY],
            **kwargs,
        )
