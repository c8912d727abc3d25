"""«Подать практику»: what anyone may know before beginning, and the blank form."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from portal.core.context import portal_settings
from portal.core.listing import plural
from portal.intake.domain import windows
from practices.domain import blank_form, cards, queries
from practices.domain.criteria import criteria
from practices.enums import PROCEDURE, RecognitionLevel, SubmissionStatus
from practices.form_spec import PRACTICE_FORM
from practices.models import PassportKind

RETRY_SECONDS = 10


def submit(request: HttpRequest) -> HttpResponse:
    """Tell the conditions, the criteria, the terms and whom to call; the same for everybody."""
    operator = portal_settings.get()
    window = windows.state_of(PROCEDURE, None)
    steps = [step for step in PRACTICE_FORM.steps if step.fields]
    values = {
        "canonical": settings.SITE_URL + reverse("practice_submit"),
        "window": window,
        "state": "run" if window.is_open else "wait",
        "minutes": sum(step.minutes for step in steps),
        "steps": [{"title": step.title, "minutes": step.minutes} for step in PRACTICE_FORM.steps],
        "criteria": criteria(),
        "terms": _terms(),
        "example": cards.tiles(_example()),
        "phone": operator.operator_phone,
        "phone_link": re.sub(r"[^\d+]", "", operator.operator_phone),
        "email": operator.operator_email,
        "begin_url": reverse("practice_submission_new"),
    }
    return render(request, "practices/submit.html", values)


def _example() -> list[int]:
    """Return the best practice of the bank to learn from: the newest of the highest level there is."""
    for level in reversed(RecognitionLevel):
        if found := queries.ids_with({"level": [level]}, count=1):
            return found
    return []


def _terms() -> list[dict[str, str]]:
    """Return how long each stage lasts, as the procedure counts it."""
    said = (
        (SubmissionStatus.HEAD_CONFIRMATION, "Руководитель подтверждает отправку"),
        (SubmissionStatus.FORMAL_CHECK, "Проверяем, всё ли на месте"),
        (SubmissionStatus.REVISION, "Вы исправляете, если вернули"),
        (SubmissionStatus.ACCEPTED, "Редактор готовит страницу"),
        (SubmissionStatus.AUTHOR_APPROVAL, "Вы смотрите правку редактора"),
    )
    return [{"label": label, "value": _days(status)} for status, label in said if settings.PRACTICE_TERMS.get(status)]


def _days(status: str) -> str:
    days: int = settings.PRACTICE_TERMS[status]
    kind = "" if status == SubmissionStatus.REVISION else plural(days, "рабочий ", "рабочих ", "рабочих ")
    return f"{days} {kind}{plural(days, 'день', 'дня', 'дней')}"


def blank(request: HttpRequest) -> HttpResponseBase:
    """Give the blank form; while it is not built, say so and when to come again."""
    found: Any = blank_form.find_or_order()
    if found is None:
        response = render(request, "practices/blank_pending.html", status=202)
        response.headers["Retry-After"] = response.headers["Refresh"] = str(RETRY_SECONDS)
        response.headers["Cache-Control"] = "no-store"
        return response
    name = "Паспорт практики, бланк.docx"
    answer = FileResponse(found, as_attachment=True, filename=name, content_type=PassportKind.DOCX.media_type)
    answer.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
