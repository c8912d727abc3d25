"""Actions of the office over several submissions; each asks first, names the number and lists what it leaves alone."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import cached_property
from wagtail.admin.views.bulk_action import BulkAction

from portal.core.listing import plural
from practices import desk_forms, rules
from practices.domain import desk, office
from practices.domain.access import with_places
from practices.domain.errors import TransitionError
from practices.domain.transitions import available_actions, perform
from practices.models import PracticeSubmission

Refused = list[tuple[PracticeSubmission, str]]
_NOT_YOURS = "решает другой модератор: вы состоите в её организации"


def count_words(number: int) -> str:
    """Return «3 заявки»."""
    return f"{number} {plural(number, 'заявка', 'заявки', 'заявок')}"


class SubmissionBulkAction(BulkAction):
    """What the actions share. Each submission is done by itself: a refused one does not hold the others."""

    models: ClassVar[list[type]] = [PracticeSubmission]
    template_name = "practices/admin/bulk_submissions.html"
    done: ClassVar[str]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not rules.is_office(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def chosen(self) -> list[PracticeSubmission]:
        """The ticked submissions that have reached the office, each knowing where the person stands to it."""
        keys = [pk for pk in self.request.GET.getlist("id") if pk.isdigit()]
        return with_places(desk.received().filter(pk__in=keys).order_by("number"), self.request.user)

    def get_actionable_objects(self) -> tuple[list[Any], dict[str, Any]]:
        reasons = {one: self.refusal(one) for one in self.chosen}
        return [one for one in self.chosen if not reasons[one]], {
            "refused": [(one, reason) for one, reason in reasons.items() if reason]
        }

    def refusal(self, submission: PracticeSubmission) -> str:
        """Return why the action leaves a submission alone, blank where it does not."""
        return "" if rules.can_decide(self.request.user, submission) else _NOT_YOURS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, "count": count_words(len(context["items"])), "title": self.display_name}

    def get_execution_context(self) -> dict[str, Any]:
        self.refused: Refused = []
        return {"action": self, "refused": self.refused}

    @classmethod
    def execute_action(
        cls, objects: list[Any], action: Any = None, refused: Refused | None = None, **kwargs: Any
    ) -> tuple[int, int]:
        """Do it with each; one that has changed meanwhile is told of."""
        done = 0
        for submission in objects:
            try:
                action.do(submission, action.cleaned_form.cleaned_data)
            except TransitionError as error:
                (refused if refused is not None else []).append((submission, str(error)))
            except PermissionDenied:
                (refused if refused is not None else []).append((submission, _NOT_YOURS))
            else:
                done += 1
        return done, 0

    def do(self, submission: PracticeSubmission, values: dict[str, Any]) -> None:
        raise NotImplementedError

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str | None:
        for submission, reason in self.refused:
            messages.error(self.request, f"{submission.number} «{submission}»: {reason}")
        return f"{self.done}: {count_words(num_parent_objects)}." if num_parent_objects else None


class TakeOver(SubmissionBulkAction):
    display_name = "Взять себе"
    aria_label = "Взять выбранные заявки себе"
    action_type = "take_over"
    action_priority = 10
    done = "Ведёте вы"

    def do(self, submission: PracticeSubmission, values: dict[str, Any]) -> None:
        office.assign_moderator(submission, actor=self.request.user, moderator=self.request.user)


class AssignBulk(SubmissionBulkAction):
    display_name = "Назначить ведущего"
    aria_label = "Назначить ведущего выбранным заявкам"
    action_type = "assign"
    action_priority = 20
    done = "Назначено"
    form_class = desk_forms.AssignForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "moderators": desk.assignable(self.chosen)}

    def do(self, submission: PracticeSubmission, values: dict[str, Any]) -> None:
        office.assign_moderator(submission, actor=self.request.user, moderator=values["moderator"])


class ExtendBulk(SubmissionBulkAction):
    display_name = "Продлить срок"
    aria_label = "Продлить срок выбранных заявок"
    action_type = "extend_term"
    action_priority = 30
    done = "Срок продлён"
    form_class = desk_forms.ExtendForm

    def refusal(self, submission: PracticeSubmission) -> str:
        if reason := super().refusal(submission):
            return reason
        return "" if submission.due_at else f"в состоянии «{submission.get_status_display()}» срока нет"

    def do(self, submission: PracticeSubmission, values: dict[str, Any]) -> None:
        until = self.cleaned_form.until
        office.extend_term(submission, actor=self.request.user, until=until, reason=values["reason"])


class WriteBulk(SubmissionBulkAction):
    display_name = "Написать авторам"
    aria_label = "Написать авторам выбранных заявок"
    action_type = "write"
    action_priority = 40
    done = "Сообщение отправлено"
    form_class = desk_forms.MessageForm

    def do(self, submission: PracticeSubmission, values: dict[str, Any]) -> None:
        office.write_message(submission, actor=self.request.user, text=values["text"])


class PassBulk(SubmissionBulkAction):
    """Only where every line of the formal check is ticked: the table of the procedure says what is lacking."""

    display_name = "Проверка пройдена"
    aria_label = "Отметить выбранные заявки прошедшими проверку"
    action_type = "pass_check"
    action_priority = 50
    done = "Принято"

    def refusal(self, submission: PracticeSubmission) -> str:
        if reason := super().refusal(submission):
            return reason
        offers = available_actions(submission, self.request.user)
        offer = next((one for one in offers if one.action == self.action_type), None)
        return offer.refusal if offer else f"сейчас в состоянии «{submission.get_status_display()}»"

    def do(self, submission: PracticeSubmission, values: dict[str, Any]) -> None:
        perform(submission, "pass_check", actor=self.request.user)


ACTIONS: tuple[type[SubmissionBulkAction], ...] = (TakeOver, AssignBulk, ExtendBulk, WriteBulk, PassBulk)
