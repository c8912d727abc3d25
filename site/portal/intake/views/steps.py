"""A step of a form as a page: every button saves, movement is free, nothing typed is lost."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache

from portal.core import moments
from portal.intake.domain.saving import Saved
from portal.intake.forms.spec import Step
from portal.intake.forms.step_form import StepForm, read_seen, shown_values
from portal.intake.views.pages import closed_page, step_context
from portal.intake.views.room import Room

ROW_VERBS = {"add", "remove", "up", "down"}


class DraftView(LoginRequiredMixin, View):
    """A view of one step of a draft that belongs to the person who asks."""

    room: Room = None  # type: ignore[assignment]
    draft: Any
    step: Step

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        step = self.room.spec.step_by_key.get(kwargs["step"])
        if step is None:
            raise Http404
        self.step = step
        if request.user.is_authenticated:
            self.draft = self.room.find(request.user, kwargs["public_id"])


@method_decorator(never_cache, name="dispatch")
class StepView(DraftView):
    """The page of a step."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the step; whoever cannot change it now reads the whole on the page of the check."""
        if not self.room.may_write(request.user, self.draft) or self.room.closed_words(self.draft):
            return HttpResponseRedirect(self.room.address(self.draft, self.room.spec.steps[-1]))
        answers = self.room.spec.answers(self.draft)
        shown = shown_values(self.step, answers, self.draft.typed)
        added = request.GET.get("add", "")
        form = StepForm(
            self.step,
            shown=shown,
            closed=self.room.closed_fields(self.draft),
            act=("add", added, "") if added else None,
        )
        lacking = self.room.spec.missing(self.draft, answers)
        asked = "check" in request.GET
        words = {
            one.field.name: one.words
            for one in lacking
            if one.step is self.step and (asked or one.field.name in self.draft.typed)
        }
        form.say(words)
        context = step_context(
            self.room, request, self.draft, self.step, form, answers=answers, words=words, lacking=lacking
        )
        return render(request, "intake/step.html", {**context, "added": added, "asked": asked})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save what was changed, then go where the button leads; stay where something was not accepted just now."""
        verb, name, row = _pressed(request)
        form = StepForm(
            self.step,
            shown={},
            data=request.POST,
            closed=self.room.closed_fields(self.draft),
            act=(verb, name, row) if verb in ROW_VERBS - {"add"} else None,
        )
        settled = request.POST.getlist("settled")
        changes = [
            change
            for change in form.changes(read_seen(request.POST.get("seen", "")), settled)
            if (verb, name) != ("take", change.question.name)
        ]
        page = request.POST.get("page", "")[:20]
        try:
            saved = self.room.save(self.draft, changes, request=request, step=self.step.key, page=page)
        except PermissionDenied:
            return closed_page(self.room, request, self.draft, self.step, form)
        if saved.conflicts or form.too_long():
            return self._both_versions(request, form, saved)
        refused = any(change.typed for change in changes if change.question.name in saved.written)
        return self._onwards(request, saved, verb, name, refused=refused)

    def _both_versions(self, request: HttpRequest, posted: StepForm, saved: Saved) -> HttpResponse:
        """Show the step as it is now, with what the person wants where it was not written."""
        answers = self.room.spec.answers(saved.draft)
        too_long = posted.too_long()
        shown = {
            **shown_values(self.step, answers, saved.draft.typed),
            **{conflict.question.name: conflict.mine for conflict in saved.conflicts},
            **{name: posted.typed_value(name) for name in too_long},
        }
        form = StepForm(self.step, shown=shown, closed=self.room.closed_fields(saved.draft))
        words = {name: str(said[0]) for name, said in posted.errors.items()}
        form.say(words)
        context = step_context(
            self.room, request, saved.draft, self.step, form, answers=answers, words=words, conflicts=saved.conflicts
        )
        return render(request, "intake/step.html", context, status=409 if saved.conflicts else 400)

    def _onwards(self, request: HttpRequest, saved: Saved, verb: str, name: str, *, refused: bool) -> HttpResponse:
        here = self.room.address(self.draft, self.step)
        steps = self.room.spec.steps
        place = steps.index(self.step)
        if verb == "next" and not refused:
            return HttpResponseRedirect(self.room.address(self.draft, steps[min(place + 1, len(steps) - 1)]))
        if verb == "back":
            return HttpResponseRedirect(self.room.address(self.draft, steps[max(place - 1, 0)]))
        if verb == "go" and name in self.room.spec.step_by_key:
            return HttpResponseRedirect(self.room.address(self.draft, self.room.spec.step_by_key[name]))
        if verb == "add" and name in self.room.spec.by_name:
            return HttpResponseRedirect(f"{here}?add={name}#rows-{name}")
        if verb in ROW_VERBS | {"take", "mine"} and name in self.room.spec.by_name:
            return HttpResponseRedirect(f"{here}#rows-{name}" if verb in ROW_VERBS else f"{here}#field-{name}")
        if not refused:
            messages.success(request, f"Сохранено в {moments.hour(saved.at)}.")
        return HttpResponseRedirect(here)


def _pressed(request: HttpRequest) -> tuple[str, str, str]:
    """Return the verb of the pressed button, its field or step, and its row."""
    verb, _colon, rest = request.POST.get("do", "save").partition(":")
    name, _colon, row = rest.partition(":")
    return verb, name, row
