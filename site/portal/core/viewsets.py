"""Screens of the core in the admin: the outbox, wordings of letters, texts of consents, given consents."""

from __future__ import annotations

from typing import Any

import django_filters
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.forms import Select
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import CopyView, EditView, IndexView, InspectView, SnippetViewSet

from portal.core import letter_kinds, letters, privacy
from portal.core.admin_search import MatchKeySearchMixin
from portal.core.awaiting import Task
from portal.core.consent_forms import PaperConsentForm, PaperWithdrawalForm
from portal.core.models import Consent, ConsentText, Letter, LetterTemplate
from portal.core.models.letters import LetterStatus
from portal.core.models.privacy import CONSENT_PLACEHOLDERS
from portal.core.panels import LetterPreviewPanel


class ViewOnlyPolicy(ModelPermissionPolicy):
    """Rows that the portal writes by itself: who has the right of viewing reads them, nobody edits them."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and super().user_has_permission(user, "view")


class EnterOnlyPolicy(ModelPermissionPolicy):
    """Records that stay as they were made: the office may read them and enter new ones."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in {"view", "add"} and super().user_has_permission(user, action)


class EditOnlyPolicy(ModelPermissionPolicy):
    """Rows that come with the portal: their words are edited, none is added or deleted by hand."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in {"view", "change"} and super().user_has_permission(user, action)


def _kind_title(letter: Letter) -> str:
    known = letter_kinds.find(letter.kind)
    return known.title if known else letter.kind


class LetterIndexView(MatchKeySearchMixin, IndexView):
    latin_fields = ("to",)

    def get_list_more_buttons(self, instance: Letter) -> list[Button]:
        buttons = super().get_list_more_buttons(instance)
        if instance.status == LetterStatus.FAILED and not instance.secret:
            url = reverse(f"{LetterViewSet.url_name_base}:resend", args=[instance.pk])
            buttons.append(Button("Отправить ещё раз", url=url, icon_name="rotate", priority=40))
        return buttons


class ReadingView(InspectView):
    """One row to read: what is not filled in is a dash, truth is «да» or «нет»."""

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        value = super().get_field_display_value(field_name, field)
        if isinstance(value, bool):
            return "да" if value else "нет"
        return "—" if value is None or value == "" else value


class LetterInspectView(ReadingView):
    def get_kind_display_value(self) -> str:
        return _kind_title(self.object)

    def get_body_display_value(self) -> str:
        if self.object.secret:
            return "Не показывается: в письме одноразовая ссылка."
        return self.object.body


class LetterViewSet(SnippetViewSet):
    """The outbox: what was sent to whom, what waits and what failed."""

    url_name_base = "wagtailsnippets_core_letter"
    model = Letter
    icon = "mail"
    menu_label = "Письма"
    menu_name = "letters"
    list_display = [
        "subject",
        "to",
        Column("kind", label="Вид", accessor=_kind_title),
        "status",
        "attempts",
        "created_at",
        "sent_at",
    ]
    list_filter = ["status", "kind"]
    list_per_page = 50
    search_fields = ["to"]
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = [
        "subject", "to", "reply_to", "kind", "status", "attempts", "last_error", "created_at", "sent_at", "body",
    ]  # fmt: skip
    index_view_class = LetterIndexView
    inspect_view_class = LetterInspectView

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), path("resend/<int:pk>/", self.resend_view, name="resend")]

    def resend_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask, then put a failed letter back into the queue."""
        letter = get_object_or_404(Letter, pk=pk)
        if not self.permission_policy.user_has_permission(request.user, "view"):
            raise PermissionDenied
        if request.method == "POST":
            if letters.resend(letter):
                messages.success(request, f"Письмо «{letter.subject}» снова в очереди.")
            else:
                messages.error(request, "Это письмо нельзя отправить ещё раз.")
            return redirect(self.get_url_name("list"))
        return _confirm(
            request,
            title="Отправить ещё раз",
            question=f"Отправить письмо «{letter.subject}» на {letter.to} ещё раз?",
            button="Отправить",
            back=reverse(self.get_url_name("list")),
        )


def undelivered(user: Any) -> Task | None:
    """The line of the first screen for those who look after letters."""
    if not user.has_perm("core.view_letter"):
        return None
    count = Letter.objects.filter(status=LetterStatus.FAILED).count()
    url = f"{reverse('wagtailsnippets_core_letter:list')}?status={LetterStatus.FAILED}"
    return Task("Письма не доставлены", count, url)


class LetterTemplateViewSet(SnippetViewSet):
    """Wordings of letters with the placeholders that each knows and a preview."""

    model = LetterTemplate
    icon = "edit"
    menu_label = "Шаблоны писем"
    menu_name = "letter-templates"
    list_display = ["title", "subject"]
    copy_view_enabled = False
    panels = [
        FieldPanel("title", read_only=True),
        FieldPanel("subject"),
        FieldPanel("body"),
        LetterPreviewPanel(heading="Подстановки и вид письма"),
    ]


class ConsentTextForm(WagtailAdminModelForm):
    """Gives a new edition its number by itself."""

    def _post_clean(self) -> None:
        if self.instance.pk is None:
            purpose = self.cleaned_data.get("purpose")
            last = ConsentText.objects.filter(purpose=purpose).order_by("-version").first()
            self.instance.version = last.version + 1 if last else 1
        super()._post_clean()


class ConsentTextEditView(EditView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.object.is_used:
            messages.warning(
                request,
                f"По редакции {self.object.version} уже даны согласия, её нельзя менять. Ниже её копия: "
                "исправьте и сохраните как новую редакцию.",
            )
            return redirect(self.copy_url_name, self.object.pk)
        return super().dispatch(request, *args, **kwargs)


class ConsentTextCopyView(CopyView):
    def get_initial_form_instance(self) -> ConsentText:
        kept = self.get_object()
        return ConsentText(purpose=kept.purpose, title=kept.title, body=kept.body)


class ConsentTextViewSet(SnippetViewSet):
    """Editions of the texts of consents; one that somebody agreed to is only copied into a new one."""

    model = ConsentText
    icon = "form"
    menu_label = "Тексты согласий"
    menu_name = "consent-texts"
    list_display = ["title", "version", "in_force_from", Column("consents", label="Дано согласий", accessor="given")]
    list_filter = ["purpose"]
    edit_view_class = ConsentTextEditView
    copy_view_class = ConsentTextCopyView
    panels = [
        HelpPanel(
            "Номер редакции портал ставит сам. Можно писать в тексте: "
            + ", ".join(f"{{{name}}} — {meaning}" for name, meaning in CONSENT_PLACEHOLDERS.items())
            + ". Значения берутся из «Сведений о портале», первое согласие закрепляет их в редакции."
        ),
        FieldPanel("purpose"),
        FieldPanel("title"),
        FieldPanel("in_force_from"),
        FieldPanel("body"),
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        return ConsentText.objects.annotate(given=Count("consents"))

    def get_edit_handler(self) -> Any:
        handler = super().get_edit_handler()
        handler.base_form_class = ConsentTextForm
        return handler.bind_to_model(ConsentText)


class ConsentFilterSet(WagtailFilterSet):
    edition = django_filters.ChoiceFilter(
        label="Редакция текста",
        choices=[("earlier", "прежняя: спросить снова")],
        empty_label="Любая",
        method="of_edition",
        widget=Select,
    )

    class Meta:
        model = Consent
        fields = ["text__purpose", "withdrawn_at"]

    def of_edition(self, consents: Any, name: str, value: str) -> Any:
        """Keep those whose text has changed since: these people must be asked again."""
        return consents.to_ask_again() if value == "earlier" else consents


class ConsentIndexView(MatchKeySearchMixin, IndexView):
    key_fields = ("person_key",)
    latin_fields = ("email",)

    def get_list_more_buttons(self, instance: Consent) -> list[Button]:
        buttons = super().get_list_more_buttons(instance)
        if instance.withdrawn_at is None and self.request.user.has_perm("core.change_consent"):
            url = reverse(f"{ConsentViewSet.url_name_base}:withdraw", args=[instance.pk])
            buttons.append(Button("Отозвать по письму", url=url, icon_name="cross", priority=40))
        return buttons


class ConsentViewSet(SnippetViewSet):
    """Given consents: who, to which edition, when, whether it stands; withdrawals that come by letter are entered."""

    url_name_base = "wagtailsnippets_core_consent"
    model = Consent
    icon = "user"
    menu_label = "Согласия"
    menu_name = "consents"
    list_display = ["person", "email", "text", "given_at", "basis", "withdrawn_at"]
    filterset_class = ConsentFilterSet
    search_fields = ["email", "person_key"]
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = [
        "person", "email", "text", "text_digest", "fields", "given_at", "valid_until", "address", "basis", "withdrawn_at",
        "withdrawal_note",
    ]  # fmt: skip
    index_view_class = ConsentIndexView
    inspect_view_class = ReadingView
    panels = [
        HelpPanel(
            "Здесь записывают согласие на распространение, подписанное на бумаге. Пока оно действует, имя автора "
            "можно показать на странице практики: выберите это согласие в строке автора."
        ),
        FieldPanel("person"),
        FieldPanel("email"),
        FieldPanel("opens"),
        FieldPanel("basis"),
        FieldPanel("valid_until"),
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        return Consent.objects.select_related("text")

    def get_edit_handler(self) -> Any:
        handler = super().get_edit_handler()
        handler.base_form_class = PaperConsentForm
        return handler.bind_to_model(Consent)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), path("withdraw/<int:pk>/", self.withdraw_view, name="withdraw")]

    def withdraw_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask, then withdraw the consent on behalf of the person who wrote a letter."""
        consent = get_object_or_404(Consent.objects.select_related("text"), pk=pk)
        if not request.user.has_perm("core.change_consent"):
            raise PermissionDenied
        form = PaperWithdrawalForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            privacy.withdraw_consent(consent, by=request.user, note=form.note)
            messages.success(request, f"Согласие отозвано: {consent}. Номер {consent.withdrawal_number}.")
            return redirect(self.get_url_name("list"))
        context = {
            "title": "Отозвать согласие",
            "question": f"Отозвать согласие «{consent}» по письму человека? То, что оно открывало, скроется сразу.",
            "button": "Отозвать",
            "back": reverse(self.get_url_name("list")),
            "form": form,
        }
        return render(request, "core/admin/confirm_form.html", context)


def _confirm(request: HttpRequest, **context: str) -> HttpResponse:
    return render(request, "core/admin/confirm.html", context)
