"""Saving by a script while people type, and word of who else is there."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from portal.core import moments
from portal.intake.domain import presence
from portal.intake.domain.saving import Change, Saved
from portal.intake.forms.step_form import StepForm, digest, read_seen, version_of
from portal.intake.views.pages import closed_sentence, conflict_panels, present_words
from portal.intake.views.steps import DraftView


@method_decorator(never_cache, name="dispatch")
class StepSaveView(DraftView):
    """What the script of a step asks: POST saves the fields that were touched, GET says «I am here»."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Note the presence; tell who else is there and which versions the fields of the step have now."""
        name = self.room.presence_name(self.draft)
        presence.be_present(name, self.step.key, request.user)
        versions = {one.name: version_of(self.draft.field_versions, one.name) for one in self.step.fields}
        others = present_words(presence.others(name, request.user), self.room, self.step)
        return JsonResponse({"others": others, "versions": versions, "csrf": get_token(request)})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save; answer when, what the page has seen by now, words about what was not accepted, both versions of
        what somebody else changed. 409 with words once the draft is closed: the text stays on the screen."""
        if "left" in request.POST:
            presence.leave(self.room.presence_name(self.draft), request.user)
            if not request.POST.getlist("fields"):
                return HttpResponse(status=204)
        form = StepForm(
            self.step,
            shown={},
            data=request.POST,
            only=request.POST.getlist("fields"),
            closed=self.room.closed_fields(self.draft),
        )
        settled = request.POST.getlist("settled")
        # What the page showed first says nothing of what was saved since: every field that is sent was touched.
        seen = {name: (version, "") for name, (version, _mark) in read_seen(request.POST.get("seen", "")).items()}
        changes = list(form.changes(seen, settled))
        page = request.POST.get("page", "")[:20]
        try:
            saved = self.room.save(self.draft, changes, request=request, step=self.step.key, page=page)
        except PermissionDenied:
            return JsonResponse({"error": "closed", "words": closed_sentence(self.room, self.draft)}, status=409)
        return JsonResponse(self._answer(request, form, changes, saved))

    def _answer(self, request: HttpRequest, form: StepForm, changes: list[Change], saved: Saved) -> dict[str, Any]:
        late = {conflict.question.name: conflict.version for conflict in saved.conflicts}
        versions = saved.draft.field_versions
        seen = {
            change.question.name: [version_of(versions, change.question.name), digest(change.wanted)]
            for change in changes
            if change.question.name not in late
        }
        return {
            "version": saved.draft.version,
            "saved_at": moments.hour(saved.at),
            "seen": seen,
            "late": late,
            "errors": {name: words[0] for name, words in form.errors.items()},
            "conflicts": conflict_panels(saved.conflicts, request.user),
        }
