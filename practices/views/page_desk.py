"""What an editor of the bank does with a page beside its text: makes it, asks the author, the shelf, the permission."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminPageChooser

from portal.core.publishing import PublicationRefused
from practices import rules
from practices.domain import gate, publication, shelf, updating
from practices.domain.access import submission_or_404
from practices.domain.badges import snippet
from practices.domain.errors import TransitionError
from practices.models import PracticePage


class ShelfForm(forms.Form):
    """Why a practice goes to the shelf and what replaces it."""

    reason = forms.CharField(
        label="Почему в архив",
        max_length=shelf.REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Причина будет стоять на странице.",
    )
    successor = forms.ModelChoiceField(
        label="Заменена практикой",
        queryset=PracticePage.objects.all(),
        required=False,
        widget=AdminPageChooser(target_models=[PracticePage]),
    )


@require_POST
def make_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """«Создать страницу»: make the draft page of an accepted submission, or open the one that is there."""
    submission = submission_or_404(request.user, public_id)
    is_new = submission.page_id is None
    try:
        page = publication.make_page(submission, actor=request.user)
    except TransitionError as error:
        messages.error(request, str(error))
        return redirect("practice_desk_submission", public_id=public_id)
    if is_new:
        messages.success(
            request, "Страница создана из заявки. Она черновик: на сайте её нет, пока автор не согласится."
        )
    return redirect("wagtailadmin_pages:edit", page.pk)


def page_or_404(pk: int) -> PracticePage:
    """Return a practice of the bank with its standing."""
    return get_object_or_404(PracticePage.objects.select_related("standing", "organisation"), pk=pk)


@method_decorator(never_cache, name="dispatch")
class PracticeWayView(WagtailAdminTemplateMixin, TemplateView):
    """One screen of a practice: its submission, the author's agreement, what keeps it from going out, the shelf."""

    template_name = "practices/admin/way.html"
    page_title = "Путь практики"
    header_icon = "success"
    form: ShelfForm | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not rules.is_bank_editor(request.user):
            raise Http404
        self.practice = page_or_404(kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do what the button says; a refusal is shown above the same screen."""
        act = _ACTS.get(request.POST.get("act", ""))
        if act is None:
            raise Http404
        try:
            said = act(self, request)
        except (TransitionError, PublicationRefused) as error:
            messages.error(request, str(error))
            return self.get(request, pk)
        if said is None:
            return self.get(request, pk)
        messages.success(request, said)
        return redirect("practice_way", pk)

    def get_page_subtitle(self) -> str:
        return str(self.practice.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        edit = reverse("wagtailadmin_pages:edit", args=[self.practice.pk])
        own = [{"url": edit, "label": self.get_page_subtitle()}, {"url": "", "label": self.page_title}]
        return [*self.breadcrumbs_items, *own]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        submission = gate.submission_of(self.practice.pk)
        latest = self.practice.get_latest_revision_as_object()
        return {
            **super().get_context_data(**kwargs),
            "practice": self.practice,
            "standing": self.practice.own_standing,
            "submission": submission,
            "missing": gate.missing_consents(latest, submission),
            "changed": publication.changed_since_answer(submission, latest),
            "differences": publication.shown_differences(submission) if submission else [],
            "form": self.form or ShelfForm(),
            "snippet": snippet(self.practice) if self.practice.live else "",
        }

    def send_text(self, request: HttpRequest) -> str:
        updating.send_correction(self.practice, actor=request.user, comment=request.POST.get("words", ""))
        return "Текст отправлен автору. Пока он не ответит, на сайт выйдет только то, что там уже стоит."

    def publish(self, request: HttpRequest) -> str:
        submission = gate.submission_of(self.practice.pk)
        if submission is None:
            raise Http404
        page = publication.publish_page(submission, actor=request.user)
        if not page.live:
            return "Публикация назначена на указанное время."
        return "Опубликовано. Автор и руководитель получили письмо с адресом и значком."

    def archive(self, request: HttpRequest) -> str | None:
        self.form = ShelfForm(request.POST)
        if not self.form.is_valid():
            return None
        values = self.form.cleaned_data
        shelf.archive(self.practice, actor=request.user, reason=values["reason"], successor=values["successor"])
        return "Практика в архиве: из списков она ушла, страница осталась с пометкой."

    def restore(self, request: HttpRequest) -> str:
        shelf.restore(self.practice, actor=request.user)
        return "Практика снова в банке."

    def withdraw_permission(self, request: HttpRequest) -> str:
        shelf.withdraw_permission(self.practice, actor=request.user)
        return "Текст, снимки и файлы закрыты. По адресу стоит только объяснение."

    def permit_again(self, request: HttpRequest) -> str:
        shelf.permit_again(self.practice, actor=request.user)
        return "Практика снова видна."


_ACTS: dict[str, Callable[[PracticeWayView, HttpRequest], str | None]] = {
    "send_text": PracticeWayView.send_text,
    "publish": PracticeWayView.publish,
    "archive": PracticeWayView.archive,
    "restore": PracticeWayView.restore,
    "withdraw_permission": PracticeWayView.withdraw_permission,
    "permit_again": PracticeWayView.permit_again,
}


def about_its_submission(request: HttpRequest, page: Any) -> None:
    """Say above the form where a page that came from a submission stands and which topics its author proposed."""
    if request.method != "GET" or not isinstance(page, PracticePage):
        return
    submission = gate.submission_of(page.pk)
    if submission is None:
        return
    said = [f"Страница из заявки {submission.number or ''}: {submission.get_status_display().lower()}."]
    if not page.live and (proposed := publication.proposed_topics(submission)):
        said.append(f"Автор предложил новые темы: {', '.join(proposed)}. Подходят — добавьте их в поле «Темы».")
    messages.info(request, " ".join(said))
