"""The passport of a practice as pages."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest

from portal.intake.views.saving import StepSaveView
from portal.intake.views.steps import StepView
from practices.domain import own_consents
from practices.views.submission_files import take_uploads
from practices.views.submission_room import PracticeRoom


class PracticeStepView(StepView):
    """A step of the passport; files and the consent that came with its form are taken by verbs of their own."""

    room = PracticeRoom()

    def take_parts(self, request: HttpRequest) -> bool:
        try:
            if self.step.key == "files":
                return take_uploads(request, self.draft)
            if self.step.key == "consents" and "consent_pd" in request.POST:
                own_consents.agree(self.draft, user=request.user, address=request.client_address)  # type: ignore[attr-defined]
        except (PermissionDenied, ValidationError):
            return False  # the saving of the step says why
        return True


class PracticeStepSaveView(StepSaveView):
    """Saving a step of the passport by a script."""

    room = PracticeRoom()
