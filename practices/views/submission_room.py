"""What the machinery of forms must know of submissions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse

from portal.intake.domain.saving import Change, Saved
from portal.intake.forms.spec import Step
from portal.intake.forms.step_form import StepForm, read_seen
from practices.domain.access import submission_or_404
from practices.domain.answers import open_fields, save_answers
from practices.form_spec import CRITERIA, PRACTICE_FORM
from practices.models import PracticeSubmission
from practices.rules import can_write_submission, closed_words


class PracticeRoom:
    """The room of submissions (`portal.intake.views.room.Room`)."""

    spec = PRACTICE_FORM
    criteria: Mapping[str, str] = CRITERIA
    parts: Mapping[str, str] = {
        "files": "practices/submission/files_step.html",
        "authors": "practices/submission/authors_step.html",
        "consents": "practices/submission/consent_part.html",
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
        return {"submission": draft, "part_first": step.key == "files", "error": lacking.get("consent_pd", "")}

    def presence_name(self, draft: PracticeSubmission) -> str:
        return f"practice:{draft.public_id}"

    def address(self, draft: PracticeSubmission, step: Step) -> str:
        return reverse("practice_step", args=[draft.public_id, step.key])

    def saving_address(self, draft: PracticeSubmission, step: Step) -> str:
        return reverse("practice_step_save", args=[draft.public_id, step.key])

    def home(self, draft: PracticeSubmission) -> tuple[str, str]:
        return reverse("practice_submission", args=[draft.public_id]), "Практика"

    def save_posted(self, request: HttpRequest, draft: PracticeSubmission, step: Step) -> None:
        """Write the fields of a step that came along with a button of another address: they are not to be lost.

        A conflict or a closed draft leaves them unwritten: the first is kept as a snapshot, the second tells itself.
        """
        form = StepForm(step, shown={}, data=request.POST, closed=self.closed_fields(draft))
        changes = list(form.changes(read_seen(request.POST.get("seen", ""))))
        with suppress(PermissionDenied):
            self.save(draft, changes, request=request, step=step.key, page=request.POST.get("page", "")[:20])
