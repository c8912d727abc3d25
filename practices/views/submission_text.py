"""What the author's side does with a page: looks at the editor's text, confirms a practice, begins its update."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from portal.organisations.rules import is_member
from practices.domain import agreed_text, publication, shelf, updating
from practices.domain.access import submission_or_404
from practices.domain.errors import TransitionError
from practices.domain.transitions import available_actions, perform
from practices.enums import SubmissionStatus
from practices.models import PracticePage, PracticeSubmission

SECTION = "practices"  # of the cabinet's menu
ANSWERS = {"agree", "object"}


@method_decorator([never_cache, login_required], name="dispatch")
class TextView(View):
    """The editor's text beside the author's, with «Согласна» and «Есть замечания»."""

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        return self._show(request, submission_or_404(request.user, public_id))

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        submission = submission_or_404(request.user, public_id)
        action = request.POST.get("action", "")
        if action not in ANSWERS:
            raise Http404
        typed = request.POST.get("words", "")
        try:
            perform(submission, action, actor=request.user, comment=typed, token=request.POST.get("token", ""))
        except TransitionError as error:
            return self._show(request, submission, error=str(error), typed=typed)
        said = "Спасибо! Страница выйдет после публикации редактором."
        messages.success(request, said if action == "agree" else "Замечания переданы редактору.")
        return redirect("practice_submission", public_id=public_id)

    def _show(self, request: HttpRequest, submission: Any, *, error: str = "", typed: str = "") -> HttpResponse:
        if submission.shown_revision_id is None:
            return redirect("practice_submission", public_id=submission.public_id)
        shown = submission.shown_revision.as_object()
        offers = {offer.action: offer for offer in available_actions(submission, request.user)}
        context = {
            "cabinet_section": SECTION,
            "submission": submission,
            "differences": publication.shown_differences(submission),
            "text": [(agreed_text.label_of(name), text) for name, text in agreed_text.text_of(shown).items() if text],
            "offers": {name: offers[name] for name in ANSWERS if name in offers},
            "is_agreed": submission.agreed_revision_id is not None,
            "is_waiting": submission.status == SubmissionStatus.AUTHOR_APPROVAL,
            "error": error,
            "typed": typed,
        }
        return render(request, "practices/submission/text.html", context, status=409 if error else 200)


def own_page_or_404(user: Any, pk: int) -> PracticePage:
    """Return a published practice of the organisation of `user`; for anybody else there is nothing at the address."""
    page = get_object_or_404(PracticePage.objects.select_related("organisation", "standing"), pk=pk, live=True)
    if page.organisation_id is None or not is_member(user, page.organisation_id):
        raise Http404
    return page


@method_decorator([never_cache, login_required], name="dispatch")
class ConfirmView(View):
    """The yearly question: is the practice still done as it is written?"""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        context = {"cabinet_section": SECTION, "page": own_page_or_404(request.user, pk)}
        return render(request, "practices/submission/confirm.html", context)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        page = own_page_or_404(request.user, pk)
        shelf.confirm(page, actor=request.user)
        messages.success(request, f"Практика «{page.title}» подтверждена. Спасибо!")
        return redirect("cabinet")


@never_cache
@require_POST
@login_required
def begin_update(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a submission that will replace the text of a published practice; a begun one is opened again."""
    page = own_page_or_404(request.user, pk)
    begun = PracticeSubmission.objects.filter(updates=page, status=SubmissionStatus.DRAFT).order_by("-pk").first()
    if begun is None:
        try:
            begun = updating.start_update(page, actor=request.user)
        except PermissionDenied as error:
            raise Http404 from error
    return redirect(reverse("practice_submission", args=[begun.public_id]))
