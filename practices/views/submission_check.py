"""«Проверка»: the whole passport on one page, what is missing, and the way to send it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.core.listing import plural
from portal.intake.enums import Reader
from portal.intake.forms.spec import Missing
from portal.intake.views.pages import step_list
from practices.domain import guard
from practices.domain.access import submission_or_404
from practices.domain.reading import answer_blocks
from practices.domain.similar import similar_titles
from practices.form_spec import PRACTICE_FORM
from practices.models import PracticeSubmission
from practices.rules import can_see_contacts, can_write_submission
from practices.views.submission_form import PracticeRoom

_ROOM = PracticeRoom()


@never_cache
@require_safe
@login_required
def check(request: HttpRequest, public_id: str, step: str) -> HttpResponse:
    """Show the submission whole; who writes it sees what is missing, each thing as a link, and the button of sending."""
    submission = submission_or_404(request.user, public_id)
    answers = PRACTICE_FORM.answers(submission)
    writes = can_write_submission(request.user, submission)
    words = _ROOM.closed_words(submission)
    lacking = PRACTICE_FORM.missing(submission, answers) if writes else []
    context = {
        "submission": submission,
        "home": _ROOM.home(submission),
        "steps": step_list(_ROOM, submission, answers, lacking) if writes else [],
        "blocks": answer_blocks(
            answers,
            reader=_reader(request.user, submission),
            address=lambda one: _ROOM.address(submission, one) if writes and not words else "",
        ),
        "writes": writes,
        "closed": words if writes else "",
        "lacking": [{"href": _place(submission, one), "label": one.field.label, "words": one.words} for one in lacking],
        "lacking_words": f"{len(lacking)} {plural(len(lacking), 'место', 'места', 'мест')}",
        "personal": guard.warnings(submission, answers) if writes else [],
        "similar": similar_titles(submission.title, exclude=submission.updates_id)
        if writes and submission.title
        else [],
    }
    return render(request, "practices/submission/check.html", context)


def _reader(user: Any, submission: PracticeSubmission) -> str:
    return Reader.AUTHOR if can_see_contacts(user, submission) else Reader.EXPERT


def _place(submission: PracticeSubmission, one: Missing) -> str:
    return f"{_ROOM.address(submission, one.step)}?check=1#field-{one.field.name}"
