"""The page of one submission in the cabinet: where it is, what is next, what can be done, and words with the office."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from practices.domain.access import submission_or_404
from practices.domain.conditions import remarks_of_round
from practices.domain.errors import TransitionError
from practices.domain.office import write_message
from practices.domain.revision import answer_remark
from practices.domain.status_page import status_page
from practices.models import PracticeSubmission
from practices.procedure_forms import AnswersForm, MessageForm
from practices.rules import can_send

TEMPLATE = "practices/submission/status.html"


@never_cache
@require_safe
@login_required
def status(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the submission to whoever may see it."""
    return show_status(request, submission_or_404(request.user, public_id))


def show_status(
    request: HttpRequest,
    submission: PracticeSubmission,
    *,
    problem: str = "",
    answers: AnswersForm | None = None,
    message: MessageForm | None = None,
) -> HttpResponse:
    """Draw the page; `problem` is a sentence of a refusal, with which forms come back as they were typed."""
    page = status_page(submission, request.user)
    context: dict[str, Any] = {
        "cabinet_section": "practices",
        "submission": submission,
        "page": page,
        "problem": problem,
        "answers": answers or (AnswersForm(remarks=page.remarks) if page.answers_remarks else None),
        "message": message or (MessageForm() if page.writes_messages else None),
    }
    return render(request, TEMPLATE, context, status=409 if problem else 200)


@never_cache
@require_POST
@login_required
def answer(request: HttpRequest, public_id: str) -> HttpResponse:
    """Keep the answers to remarks, all or none."""
    submission = submission_or_404(request.user, public_id)
    if not can_send(request.user, submission):
        raise PermissionDenied
    form = AnswersForm(request.POST, remarks=remarks_of_round(submission))
    if not form.is_valid():
        return show_status(request, submission, problem="Ответы не сохранены: исправьте отмеченное.", answers=form)
    try:
        with transaction.atomic():
            for remark, choice, text in form.changed_answers():
                answer_remark(submission, remark.pk, actor=request.user, answer=choice, text=text)
    except TransitionError as error:
        return show_status(request, submission, problem=str(error), answers=form)
    messages.success(request, "Ответы сохранены.")
    return redirect("practice_submission", public_id)


@never_cache
@require_POST
@login_required
def message(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write to the other side."""
    submission = submission_or_404(request.user, public_id)
    form = MessageForm(request.POST)
    if not form.is_valid():
        return show_status(request, submission, problem="Сообщение не отправлено.", message=form)
    write_message(submission, actor=request.user, text=form.cleaned_data["text"])
    messages.success(request, "Сообщение отправлено.")
    return redirect("practice_submission", public_id)
