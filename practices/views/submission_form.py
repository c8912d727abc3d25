"""The passport of a practice as pages: what the machinery of forms must know of submissions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from portal.intake.domain.saving import Change, Saved
from portal.intake.forms.spec import Step
from portal.intake.views.saving import StepSaveView
from portal.intake.views.steps import StepView
from practices.domain import own_consents
from practices.domain.access import submission_or_404
from practices.domain.answers import open_fields, save_answers
from practices.form_spec import CRITERIA, PRACTICE_FORM
from practices.models import PracticeSubmission
from practices.rules import can_write_submission, closed_words
from practices.views.submission_files import take_uploads


class PracticeRoom:
    """The room of submissions (`portal.intake.views.room.Room`)."""

    spec = PRACTICE_FORM
    criteria: Mapping[str, str] = CRITERIA
    parts: Mapping[str, str] = {
        "files": "practices/submission/files_step.html",
        "authors": "practices/submission/authors_step.html",
        "consents": "practices/submission/consents_step.html",
    }

    def find(self, user: Any, public_id: str) -> PracticeSubmission:
        return submission_or_404(user, public_id)

    def may_write(self, user: Any, draft: PracticeSubmission) -> bool:
        return can_write_submission(user, draft)

    def closed_words(self, draft: PracticeSubmission) -> str:
        if not draft.is_editable:
            return f"Заявка сейчас в статусе «{draft.public_status}»: текст открыт для чтения, менять его нельзя."
        return closed_words(draft)

    def closed_fields(self, draft: PracticeSubmission) -> Collection[str]:
        return frozenset(PRACTICE_FORM.by_name) - open_fields(draft)

    def save(
        self, draft: PracticeSubmission, changes: Iterable[Change], *, request: HttpRequest, step: str, page: str
    ) -> Saved:
        return save_answers(draft, changes, actor=request.user, step=step, page=page)

    def part_context(self, step: Step, draft: PracticeSubmission, lacking: Mapping[str, str]) -> Mapping[str, Any]:
        return {
            "submission": draft,
            "part_last": step.key == "authors",
            "multipart": True,
            "error": lacking.get("consent_pd", ""),
        }

    def presence_name(self, draft: PracticeSubmission) -> str:
        return f"practice:{draft.public_id}"

    def address(self, draft: PracticeSubmission, step: Step) -> str:
        return reverse("practice_step", args=[draft.public_id, step.key])

    def saving_address(self, draft: PracticeSubmission, step: Step) -> str:
        return reverse("practice_step_save", args=[draft.public_id, step.key])

    def home(self, draft: PracticeSubmission) -> tuple[str, str]:
        return reverse("practice_submission", args=[draft.public_id]), "Практика"


class PracticeStepView(StepView):
    """A step of the passport; what its part holds is saved with it."""

    room = PracticeRoom()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the step; files, which the form reads several times, are read once."""
        prefetch_related_objects([self.draft], "attachments")
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save the step, take the files chosen on it and the consent ticked on it; a refused file keeps one here."""
        answer = super().post(request, *args, **kwargs)
        if answer.status_code != HTTPStatus.FOUND:
            return answer
        if self.step.key == "consents" and request.POST.get("consent_pd"):
            self._agree(request)
        if self.step.key == "files" and not take_uploads(request, self.draft):
            return HttpResponseRedirect(self.room.address(self.draft, self.step))
        return answer

    def _agree(self, request: HttpRequest) -> None:
        try:
            own_consents.agree(self.draft, user=request.user, address=request.client_address)  # type: ignore[attr-defined]
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))


class PracticeStepSaveView(StepSaveView):
    """Saving a step of the passport by a script."""

    room = PracticeRoom()
