"""Files of a submission over HTTP: each upload is its own request, so a refused file never costs the text."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from portal.intake.domain.uploads import LIMITS
from portal.intake.enums import AttachmentPurpose
from portal.intake.serving import preview, whole_file
from practices.domain import attachments, author_consents
from practices.domain.access import submission_or_404
from practices.domain.addresses import step_address
from practices.form_spec import PRACTICE_FORM
from practices.models import PracticeSubmission, SubmissionFile

View = Callable[..., HttpResponseBase]


def wants_json(request: HttpRequest) -> bool:
    """Tell whether a script asks: it gets a small answer in place of a page."""
    return request.accepts("application/json") and not request.accepts("text/html")


def for_writers(view: View) -> View:
    """Let a view of files answer scripts and forms alike: an ended session by 401, a refusal by its sentence."""

    @require_POST
    @wraps(view)
    def answer(request: HttpRequest, public_id: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return JsonResponse({"error": "Вход закончился. Войдите снова: заполненное не пропало."}, status=401)
        submission = submission_or_404(request.user, public_id)
        if (kept := _save_step(request, submission)) is not None:
            return kept
        try:
            return view(request, submission, *args, **kwargs)
        except PermissionDenied:
            if not wants_json(request):
                raise
            return JsonResponse({"error": "Менять эту заявку вы не можете."}, status=403)

    @wraps(view)
    def entry(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return (
            answer(request, *args, **kwargs)
            if wants_json(request)
            else login_required(answer)(request, *args, **kwargs)
        )

    return never_cache(entry)


def _save_step(request: HttpRequest, submission: PracticeSubmission) -> HttpResponseBase | None:
    """Save the step whose form came with the button, so that no typed word is lost; None when the button may be obeyed.

    A page is returned where the step itself must be answered first: two versions, or a term that is over.
    """
    step = pressed_on(request, "")
    if not step or wants_json(request):
        return None
    from practices.views.submission_form import PracticeStepView  # noqa: PLC0415 (it takes the uploads of its step here)

    answer = PracticeStepView.as_view()(request, public_id=submission.public_id, step=step)
    return answer if answer.status_code != HTTPStatus.FOUND else None


def pressed_on(request: HttpRequest, otherwise: str) -> str:
    """Return the key of the step whose form came with the button, `otherwise` where none did."""
    key = request.POST.get("step_key", "")
    return key if key in PRACTICE_FORM.step_by_key else otherwise


@login_required
@require_GET
def show(request: HttpRequest, public_id: str, file_id: uuid.UUID) -> HttpResponseBase:
    """Answer with a file that the visitor may read; one that is infected is closed to everybody."""
    submission = submission_or_404(request.user, public_id)
    file = attachments.file_or_404(request.user, submission, file_id)
    if attachments.is_closed(file):
        context = {"file": file, "step_url": step_address(submission, "files")}
        return render(request, "practices/submission/file_closed.html", context, status=403)
    return preview(file) if "preview" in request.GET else whole_file(file)


@for_writers
def add(request: HttpRequest, submission: PracticeSubmission) -> HttpResponseBase:
    """Take the chosen files of one place; each is taken or refused by itself."""
    purpose = request.POST.get("purpose", "")
    if purpose not in LIMITS or purpose == AttachmentPurpose.CONSENT:
        return _refused(request, submission, "Неизвестное место для файла. Обновите страницу.", purpose)
    uploads = request.FILES.getlist(f"upload-{purpose}")
    if not uploads:
        return _refused(request, submission, "Файл не выбран.", purpose)
    if wants_json(request):
        try:
            row = attachments.attach(submission, uploads[0], actor=request.user, purpose=purpose)
        except ValidationError as error:
            return JsonResponse({"error": " ".join(error.messages)}, status=400)
        return JsonResponse({"row": _row(request, submission, row), "said": f"Добавлен файл „{row.name}“."}, status=201)
    if not pressed_on(request, ""):  # a whole step has taken them already
        take_uploads(request, submission)
    return _back(request, submission, purpose)


def take_uploads(request: HttpRequest, submission: PracticeSubmission) -> bool:
    """Take every file chosen in the form of the step and the names typed beside those already there; tell by messages.

    For the step's own «Сохранить»: returns whether all were taken.
    """
    refused = _take_names(request, submission)
    for purpose in (AttachmentPurpose.FILE, AttachmentPurpose.COVER, AttachmentPurpose.PHOTO):
        for upload in request.FILES.getlist(f"upload-{purpose}"):
            try:
                row = attachments.attach(submission, upload, actor=request.user, purpose=purpose)
            except ValidationError as error:
                refused += error.messages
            else:
                messages.success(request, f"Добавлен файл „{row.name}“.")
    for words in refused:
        messages.error(request, words)
    return not refused


def _take_names(request: HttpRequest, submission: PracticeSubmission) -> list[str]:
    refused: list[str] = []
    for file in submission.attachments.exclude(purpose=AttachmentPurpose.CONSENT):
        typed = _typed_names(request, file)
        if typed is None or typed == {"title": file.title, "kind": file.kind, "alt": file.alt}:
            continue
        file.submission = submission
        try:
            attachments.rename(file, actor=request.user, **typed)
        except ValidationError as error:
            refused += error.messages
    return refused


def _typed_names(request: HttpRequest, file: SubmissionFile) -> dict[str, str] | None:
    """What was typed beside a file; None when its row was not in the form. What has no input keeps its value."""
    names = {name: f"file-{file.public_id}-{name}" for name in ("title", "kind", "alt")}
    if not any(name in request.POST for name in names.values()):
        return None
    return {name: request.POST.get(posted, getattr(file, name)).strip() for name, posted in names.items()}


@for_writers
def remove(request: HttpRequest, submission: PracticeSubmission, file_id: uuid.UUID) -> HttpResponseBase:
    """Take a file out."""
    file = attachments.file_or_404(request.user, submission, file_id)
    verb = author_consents.remove_paper if file.purpose == AttachmentPurpose.CONSENT else attachments.remove
    return _do(request, file, lambda: verb(file, actor=request.user), f"Файл „{file.name}“ удалён.")


@for_writers
def rename(request: HttpRequest, submission: PracticeSubmission, file_id: uuid.UUID) -> HttpResponseBase:
    """Keep the name for colleagues, the kind or the words for a picture."""
    file = attachments.file_or_404(request.user, submission, file_id)
    typed = _typed_names(request, file) or {}
    return _do(
        request, file, lambda: attachments.rename(file, actor=request.user, **typed), f"„{file.name}“: сохранено."
    )


@for_writers
def move(request: HttpRequest, submission: PracticeSubmission, file_id: uuid.UUID, way: str) -> HttpResponseBase:
    """Move a file one place up or down its list."""
    file = attachments.file_or_404(request.user, submission, file_id)
    if way not in {"up", "down"}:
        raise Http404
    step = -1 if way == "up" else 1
    said = f"Файл „{file.name}“ стоит {'выше' if step < 0 else 'ниже'}."
    return _do(request, file, lambda: attachments.move(file, step, actor=request.user), said)


def _do(request: HttpRequest, file: SubmissionFile, act: Callable[[], Any], said: str) -> HttpResponseBase:
    try:
        act()
    except ValidationError as error:
        return _refused(request, file.submission, " ".join(error.messages), file.purpose)
    if wants_json(request):
        return JsonResponse({"said": said})
    messages.success(request, said)
    return _back(request, file.submission, file.purpose)


def _refused(request: HttpRequest, submission: PracticeSubmission, words: str, purpose: str) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"error": words}, status=400)
    messages.error(request, words)
    return _back(request, submission, purpose)


def _back(request: HttpRequest, submission: PracticeSubmission, purpose: str) -> HttpResponseRedirect:
    step = pressed_on(request, "authors" if purpose == AttachmentPurpose.CONSENT else "files")
    place = f"#field-{attachments.FIELDS[purpose]}" if step == "files" and purpose in LIMITS else ""
    return HttpResponseRedirect(step_address(submission, step) + place)


def _row(request: HttpRequest, submission: PracticeSubmission, file: SubmissionFile) -> str:
    from practices.templatetags.submission_parts import document_kinds  # noqa: PLC0415 (registers tags when imported)

    values = {"file": file, "submission": submission, "kinds": document_kinds(), "writes": True}
    return render_to_string("practices/submission/file_row.html", values, request)
