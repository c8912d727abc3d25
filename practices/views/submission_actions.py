"""What people do with a submission in the cabinet: each button of the table, the receipt, a new draft, deleting."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.http import content_disposition_header
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from portal.intake.forms.words import in_words
from practices.domain import receipts
from practices.domain.access import submission_or_404
from practices.domain.drafts import delete_draft, start_again
from practices.domain.errors import TransitionError
from practices.domain.procedure import ACTIONS
from practices.domain.revision import differences
from practices.domain.status import next_words
from practices.domain.transitions import Offer, available_actions, perform
from practices.enums import SubmissionStatus
from practices.form_spec import PRACTICE_FORM
from practices.models import PracticeSubmission
from practices.procedure_forms import WordsForm
from practices.rules import can_delete_draft, can_see_contacts, can_see_thread
from practices.views.submission_status import show_status

RETRY_SECONDS = 5
_SENDING = {"send", "confirm", "resend"}
_DONE = {
    "return_to_draft": "Заявка возвращена автору.",
    "withdraw": "Заявка отозвана.",
    "archive": "Убрано в архив.",
    "restore": "Возвращено.",
    "agree": "Текст согласован: редактор опубликует его.",
    "object": "Замечания отправлены редактору.",
}


@method_decorator([never_cache, login_required], name="dispatch")
class ActionView(View):
    """One action of the table: a page that asks for words or for a second look, and the doing itself."""

    def get(self, request: HttpRequest, public_id: str, action: str) -> HttpResponse:
        submission = submission_or_404(request.user, public_id)
        offer = _offer(request.user, submission, action)
        if offer is None:
            return redirect("practice_submission", public_id)
        return self._ask(request, submission, offer, self._form(submission, offer, None))

    def post(self, request: HttpRequest, public_id: str, action: str) -> HttpResponse:
        submission = submission_or_404(request.user, public_id)
        if action not in ACTIONS:
            raise Http404
        token = request.POST.get("token", "")
        try:
            moved = perform(
                submission, action, actor=request.user, comment=request.POST.get("comment", ""), token=token
            )
        except TransitionError as error:
            offer = _offer(request.user, submission, action)
            if offer is not None and offer.words:
                return self._ask(request, submission, offer, self._form(submission, offer, request.POST), str(error))
            return show_status(request, submission, problem=str(error))
        if action in _SENDING:
            return redirect("practice_submission_receipt", public_id)
        messages.success(request, _DONE.get(action, f"Готово: {moved.public_status.lower()}."))
        return redirect("practice_submission", public_id)

    def _form(self, submission: PracticeSubmission, offer: Offer, data: Any) -> WordsForm | None:
        if not offer.words:
            return None
        return WordsForm(data, words=offer.words, initial={"token": submission.send_token})

    def _ask(
        self,
        request: HttpRequest,
        submission: PracticeSubmission,
        offer: Offer,
        form: WordsForm | None,
        problem: str = "",
    ) -> HttpResponse:
        context = {
            "cabinet_section": "practices",
            "submission": submission,
            "offer": offer,
            "form": form,
            "problem": "" if form is not None and form.is_bound and not form.is_valid() else problem,
        }
        return render(request, "practices/submission/action.html", context, status=409 if problem else 200)


def _offer(user: Any, submission: PracticeSubmission, action: str) -> Offer | None:
    return next((one for one in available_actions(submission, user) if one.action == action), None)


@never_cache
@require_safe
@login_required
def receipt(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show what has come of the sending: the same page after a double click, F5 and «back»."""
    submission = submission_or_404(request.user, public_id)
    if submission.status == SubmissionStatus.DRAFT:
        return redirect("practice_submission", public_id)
    context = {
        "cabinet_section": "practices",
        "submission": submission,
        "next": next_words(submission),
        "again": submission.records.filter(action="resend").exists(),
    }
    return render(request, "practices/submission/receipt.html", context)


@never_cache
@require_safe
@login_required
def receipt_pdf(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Give the copy of what was sent; while the worker has not built it, say so and come again by itself."""
    submission = submission_or_404(request.user, public_id)
    if not can_see_contacts(request.user, submission):
        raise PermissionDenied
    snapshot = receipts.sent_snapshot(submission)
    if snapshot is None:
        raise Http404
    if not snapshot.copy or not snapshot.copy.storage.exists(str(snapshot.copy.name)):
        receipts.order(submission)
        context = {"cabinet_section": "practices", "submission": submission}
        response = render(request, "practices/submission/receipt_pending.html", context, status=202)
        response.headers["Refresh"] = response.headers["Retry-After"] = str(RETRY_SECONDS)
        return response
    answer = FileResponse(snapshot.copy.open("rb"), content_type=receipts.PDF)
    answer.headers["Content-Disposition"] = (
        content_disposition_header(True, receipts.file_name(submission)) or "attachment"
    )
    answer.headers["Content-Security-Policy"] = "sandbox"
    return answer


@never_cache
@require_safe
@login_required
def version(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """Show the answers as they were sent the `number`-th time, and what differs from the sending before."""
    submission = submission_or_404(request.user, public_id)
    if not can_see_thread(request.user, submission):
        raise PermissionDenied
    sent = list(submission.snapshots.filter(reason__in=["sent", "resent"]).order_by("taken_at", "pk"))
    if not 1 <= number <= len(sent):
        raise Http404
    answers = sent[number - 1].answers
    contacts = can_see_contacts(request.user, submission)
    reader = "author" if contacts else "expert"
    context = {
        "cabinet_section": "practices",
        "submission": submission,
        "number": number,
        "snapshot": sent[number - 1],
        "changes": [
            change
            for change in (differences(sent[number - 2].answers, answers) if number > 1 else [])
            if reader in PRACTICE_FORM.by_name[change.name].visible_to
        ],
        "steps": [
            (
                step,
                [
                    (one.label, in_words(one, answers.get(one.name, one.blank)))
                    for one in step.fields
                    if reader in one.visible_to
                ],
            )
            for step in PRACTICE_FORM.steps
            if step.fields
        ],
    }
    return render(request, "practices/submission/version.html", context)


@never_cache
@require_POST
@login_required
def again(request: HttpRequest, public_id: str) -> HttpResponse:
    """Begin a new draft from one that was refused or withdrawn."""
    submission = submission_or_404(request.user, public_id)
    try:
        draft = start_again(submission, actor=request.user)
    except TransitionError as error:
        return show_status(request, submission, problem=str(error))
    messages.success(request, "Новый черновик готов: ответы перенесены, файлы и согласия добавьте заново.")
    return redirect("practice_submission", draft.public_id)


@method_decorator([never_cache, login_required], name="dispatch")
class DeleteDraftView(View):
    """Deleting a draft for good, after a second look."""

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        submission = submission_or_404(request.user, public_id)
        if not can_delete_draft(request.user, submission):
            raise PermissionDenied
        context = {"cabinet_section": "practices", "submission": submission}
        return render(request, "practices/submission/delete.html", context)

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        submission = submission_or_404(request.user, public_id)
        try:
            delete_draft(submission, actor=request.user)
        except TransitionError as error:
            return show_status(request, submission, problem=str(error))
        messages.success(request, f"Черновик «{submission}» удалён.")
        return redirect("practice_submissions")
