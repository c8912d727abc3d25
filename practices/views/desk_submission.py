"""The office's page of one submission in the admin: what it says, what is known of it, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from practices import desk_forms, rules
from practices.domain import desk_page, office
from practices.domain.access import submission_or_404
from practices.domain.desk import assignable
from practices.domain.errors import TransitionError
from practices.domain.transitions import Offer, perform
from practices.models import PracticeSubmission
from practices.views.desk_list import desk_address

RETURN = "return_for_revision"
_DONE: dict[str, str] = {
    "pass_check": "Практика принята. Автор и руководитель получат письмо, редактор банка — задачу.",
    "close_expertise": "Экспертиза закрыта.",
    "accept": "Практика принята.",
    "reject": "Заявка отклонена. Автор прочтёт причину в письме и в кабинете.",
    "close_overdue": "Заявка закрыта: срок исправлений вышел.",
    RETURN: "Заявка у автора: открыты поля, о которых говорят замечания.",
}


@method_decorator(never_cache, name="dispatch")
class SubmissionDeskView(WagtailAdminTemplateMixin, TemplateView):
    """One submission for moderators; editors of the bank read it too. Others, and drafts, get 404."""

    template_name = "practices/admin/desk_submission.html"
    page_title = "Заявка"
    header_icon = "doc-full"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.submission = desk_submission_or_404(request.user, kwargs["public_id"])
        self.bound: dict[str, forms.Form] = {}
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return self.submission.number or ""

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        home = "practice_desk" if rules.is_office(self.request.user) else "practice_pages_to_make"
        label = "Заявки с практиками" if rules.is_office(self.request.user) else "Принятые: сделать страницу"
        return [
            *self.breadcrumbs_items,
            {"url": reverse(home), "label": label},
            {"url": "", "label": self.get_page_subtitle()},
        ]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Do what the button says; a refusal is a sentence over the same page with what was typed."""
        act = request.POST.get("action", "")
        verb = _VERBS.get(act) or (SubmissionDeskView.decide if act in desk_page.DECISIONS else None)
        if verb is None:
            raise Http404
        if not rules.can_decide(request.user, self.submission):
            raise PermissionDenied
        try:
            done = verb(self, act)
        except TransitionError as error:
            messages.error(request, str(error))
            return self.render_to_response(self.get_context_data(**kwargs), status=409)
        if not done:
            messages.error(request, "Не сохранено: исправьте отмеченное.")
            return self.render_to_response(self.get_context_data(**kwargs), status=422)
        messages.success(request, done)
        return redirect(f"{desk_address(self.submission)}{_BACK_TO.get(act, '')}")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, submission = self.request.user, self.submission
        contacts = self.request.GET.get("contacts") == "1" and rules.can_see_contacts(user, submission)
        if contacts:
            desk_page.note_contacts_seen(submission, user)
        page = desk_page.desk_page(submission, user, with_contacts=contacts)
        forms_by_name = self._forms() if page.decides else {}
        context = super().get_context_data(
            submission=submission,
            desk=page,
            acts=forms_by_name,
            decisions=[(offer, self._decision(offer)) for offer in page.offers],
            **kwargs,
        )
        context["media"] = sum((form.media for form in forms_by_name.values()), forms.Media())
        return context

    def _forms(self) -> dict[str, forms.Form]:
        made = {name: make(self, None) for name, make in _FORMS.items()}
        return {**made, **{name: form for name, form in self.bound.items() if name in made}}

    def _decision(self, offer: Offer) -> forms.Form | None:
        """The form of a decision; a return has a page of its own."""
        if offer.refusal or offer.action == RETURN:
            return None
        return self.bound.get(offer.action) or desk_forms.DecisionForm(
            initial={"token": self.submission.send_token}, words=offer.words, prefix=offer.action
        )

    def _valid(self, name: str) -> Any:
        form = self.bound[name] = _FORMS[name](self, self.request.POST)
        return form if form.is_valid() else None

    def decide(self, act: str) -> str:
        """An action of the table."""
        words = desk_page.words_of(act)
        form = self.bound[act] = desk_forms.DecisionForm(self.request.POST, words=words, prefix=act)
        if not form.is_valid():
            return ""
        values = form.cleaned_data
        perform(self.submission, act, actor=self.request.user, comment=values.get("comment", ""), token=values["token"])
        return _DONE[act]

    def keep_checklist(self, act: str) -> str:
        form = self._valid(act)
        if form is None:
            return ""
        office.save_checklist(self.submission, actor=self.request.user, values=form.changed_lines())
        return "Отметки сохранены."

    def assign(self, act: str) -> str:
        form = self._valid(act)
        if form is None:
            return ""
        values = form.cleaned_data
        office.assign_moderator(
            self.submission, actor=self.request.user, moderator=values["moderator"], seen=values["seen"]
        )
        return "Ведущий назначен." if values["moderator"] else "Заявку никто не ведёт."

    def extend(self, act: str) -> str:
        form = self._valid(act)
        if form is None:
            return ""
        reason = form.cleaned_data["reason"]
        office.extend_term(self.submission, actor=self.request.user, until=form.until, reason=reason)
        return "Срок продлён, автор получит письмо."

    def write(self, act: str) -> str:
        form = self._valid(act)
        if form is None:
            return ""
        internal = act == "note"
        office.write_message(
            self.submission, actor=self.request.user, text=form.cleaned_data["text"], internal=internal
        )
        return "Заметка сохранена." if internal else "Сообщение отправлено."


def _assign_form(view: SubmissionDeskView, data: Any) -> forms.Form:
    submission = view.submission
    return desk_forms.AssignForm(
        data,
        prefix="assign",
        moderators=assignable([submission]),
        initial={"moderator": submission.moderator_id, "seen": submission.moderator_id or ""},
    )


_FORMS: dict[str, Callable[[SubmissionDeskView, Any], forms.Form]] = {
    "checklist": lambda view, data: desk_forms.ChecklistForm(data, kept=view.submission.checklist, prefix="checklist"),
    "assign": _assign_form,
    "extend": lambda _view, data: desk_forms.ExtendForm(data, prefix="extend"),
    "message": lambda _view, data: desk_forms.MessageForm(data, prefix="message"),
    "note": lambda _view, data: desk_forms.NoteForm(data, prefix="note"),
}
_VERBS: dict[str, Callable[[SubmissionDeskView, str], str]] = {
    "checklist": SubmissionDeskView.keep_checklist,
    "assign": SubmissionDeskView.assign,
    "extend": SubmissionDeskView.extend,
    "message": SubmissionDeskView.write,
    "note": SubmissionDeskView.write,
}
_BACK_TO = {"checklist": "#checklist", "message": "#thread", "note": "#notes"}


@method_decorator(never_cache, name="dispatch")
class ReturnView(WagtailAdminTemplateMixin, TemplateView):
    """The return for revision: remarks by field, as many as needed; the author may change only what they speak of."""

    template_name = "practices/admin/desk_return.html"
    page_title = "Вернуть на доработку"
    header_icon = "undo"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.submission = desk_submission_or_404(request.user, kwargs["public_id"])
        if not rules.can_decide(request.user, self.submission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("practice_desk"), "label": "Заявки с практиками"},
            {"url": desk_address(self.submission), "label": self.submission.number or str(self.submission)},
            {"url": "", "label": self.page_title},
        ]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Return it; «Ещё замечание» adds a row and keeps what was typed."""
        data = request.POST.copy()
        if "more" in data:
            count = data.get("form-TOTAL_FORMS", "")
            data["form-TOTAL_FORMS"] = str(min(int(count) + 1 if count.isdigit() else 1, 40))
            return self.draw(desk_forms.ReturnForm(initial=_typed(data)), _rows(data))
        form, rows = desk_forms.ReturnForm(data), desk_forms.RemarkFormSet(data)
        if not (form.is_valid() and rows.is_valid()):
            messages.error(request, "Не отправлено: исправьте отмеченное.")
            return self.draw(form, rows, status=422)
        values = form.cleaned_data
        try:
            perform(
                self.submission, RETURN, actor=request.user, comment=values["comment"], token=values["token"],
                remarks=[row.remark for row in rows],
            )  # fmt: skip
        except TransitionError as error:
            messages.error(request, str(error))
            return self.draw(form, rows, status=409)
        messages.success(request, _DONE[RETURN])
        return redirect(desk_address(self.submission))

    def draw(self, form: forms.Form, rows: Any, status: int = 200) -> HttpResponse:
        """Show the form."""
        return self.render_to_response(self.get_context_data(form=form, rows=rows), status=status)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", desk_forms.ReturnForm(initial={"token": self.submission.send_token}))
        kwargs.setdefault("rows", desk_forms.RemarkFormSet())
        return super().get_context_data(submission=self.submission, back=desk_address(self.submission), **kwargs)


def _typed(data: Any) -> dict[str, str]:
    return {name: data.get(name, "") for name in ("token", "comment")}


def _rows(data: Any) -> Any:
    """Return the rows with what was typed and nothing said of what is still blank."""
    count = int(data["form-TOTAL_FORMS"])
    initial = [{name: data.get(f"form-{number}-{name}", "") for name in ("field", "text")} for number in range(count)]
    return desk_forms.RemarkFormSet(initial=initial)


def desk_submission_or_404(user: Any, public_id: str) -> PracticeSubmission:
    """Return a submission that has reached the office, for its people and for editors of the bank.

    Raises Http404 for everybody else, and for a draft whoever asks, an administrator too.
    """
    submission = submission_or_404(user, public_id)
    if submission.sent_at is None or not (rules.is_office(user) or rules.is_bank_editor(user)):
        raise Http404
    return submission
