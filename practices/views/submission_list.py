"""The list of submissions in the cabinet, and the beginning of a new one."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.core.listing import address, page_links
from portal.intake.domain import windows
from portal.organisations.models import Organisation
from portal.organisations.rules import standing
from practices.domain import submission_list
from practices.domain.drafts import start_draft
from practices.enums import PROCEDURE
from practices.form_spec import PRACTICE_FORM
from practices.models import PracticeSubmission
from practices.procedure_forms import NewDraftForm


@never_cache
@require_safe
@login_required
def submissions(request: HttpRequest) -> HttpResponse:
    """List what concerns the person: drafts, sent, published; with what is next for each."""
    user = request.user
    shown = request.GET.get("show", "")
    shown = shown if shown in submission_list.SHOWN else ""
    counts = submission_list.counts(user)
    number = request.GET.get("page", "")
    pages = page_links(
        request.path,
        [("show", shown)] if shown else [],
        number=int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 1,
        total=counts[shown],
        per_page=submission_list.PER_PAGE,
    )
    context = {
        "cabinet_section": "practices",
        "rows": submission_list.rows(user, shown, pages.start, pages.stop) if counts[shown] else [],
        "chips": [
            {"label": label, "count": counts[name], "url": address(request.path, [("show", name)]), "on": name == shown}
            for name, label in (("", "Все"), *((name, label) for name, (label, _) in submission_list.SHOWN.items()))
        ],
        "pages": pages,
        "total": counts[""],
        "can_begin": bool(standing(user).organisations),
    }
    return render(request, "practices/submission/list.html", context)


@method_decorator([never_cache, login_required], name="dispatch")
class NewSubmissionView(View):
    """«Подать практику»: from which organisation, when there are several; then the first step of the form."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(request, NewDraftForm(organisations=self._organisations(request)))

    def post(self, request: HttpRequest) -> HttpResponse:
        organisations = self._organisations(request)
        only = list(organisations[:2])
        if len(only) == 1:
            return redirect(_first_step(start_draft(request.user, organisation=only[0])))
        form = NewDraftForm(request.POST, organisations=organisations)
        if not form.is_valid():
            return self._show(request, form)
        return redirect(_first_step(start_draft(request.user, organisation=form.cleaned_data["organisation"])))

    def _organisations(self, request: HttpRequest) -> QuerySet[Organisation]:
        return Organisation.objects.open().filter(pk__in=standing(request.user).organisations)

    def _show(self, request: HttpRequest, form: NewDraftForm) -> HttpResponse:
        organisations = list(self._organisations(request))
        states = [(one, windows.state_of(PROCEDURE, one.pk)) for one in organisations[:5]]
        context = {
            "cabinet_section": "practices",
            "form": form,
            "organisations": organisations,
            "window": states[0][1] if states else windows.state_of(PROCEDURE, None),
            "minutes": sum(step.minutes for step in PRACTICE_FORM.steps),
        }
        return render(request, "practices/submission/new.html", context)


def _first_step(submission: PracticeSubmission) -> str:
    return f"{reverse('practice_submission', args=[submission.public_id])}{PRACTICE_FORM.steps[0].key}/"
