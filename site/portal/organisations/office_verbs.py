"""What screens of the office about people share: rows are read, and changed by buttons that call verbs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn
from wagtail.admin.widgets.button import BaseButton, Button
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import CreateView, IndexView, SnippetViewSet

from portal.core.admin_search import MatchKeySearchMixin
from portal.core.viewsets import ReadingView
from portal.organisations import rules
from portal.organisations.domain.journal import RefusedError

NOT_YET = "Пока жив срок, этот запрос решает заведующий или координатор муниципалитета. Свой запрос не решает никто."


class OfficePolicy(ModelPermissionPolicy):
    """The office reads these rows and enters those that `entered` allows; verbs change them, nobody edits by hand."""

    def __init__(self, model: type[Model], *, entered: bool = False) -> None:
        super().__init__(model)
        self.actions = {"view", "add"} if entered else {"view"}

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in self.actions and rules.can_appoint(user)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


@dataclass(frozen=True, kw_only=True)
class OfficeVerb:
    """What the office may do with a row: a button of the list, a question, the verb itself."""

    label: str
    icon: str
    question: Callable[[Any], str]
    do: Callable[[Any, Any, Any], object]  # row, actor, valid form or None
    done: Callable[[Any], str]
    shown: Callable[[Any], bool] = lambda row: True
    form: Callable[..., forms.BaseForm] | None = None
    initial: Callable[[Any], dict[str, Any]] = lambda row: {}


class VerbIndexView(MatchKeySearchMixin, IndexView):
    """A list whose rows have the buttons of the verbs; nothing is done by the dozen."""

    latin_fields: tuple[str, ...] = ("user__email",)
    key_fields: tuple[str, ...] = ("user__name_key",)
    verbs: ClassVar[dict[str, OfficeVerb]] = {}
    verb_url_name = ""
    is_searchable = True

    @property
    def columns(self) -> list[Any]:
        return [column for column in super().columns if not isinstance(column, BulkActionsCheckboxColumn)]

    def get_list_more_buttons(self, instance: Model) -> list[BaseButton]:
        buttons = super().get_list_more_buttons(instance)
        for number, (name, verb) in enumerate(self.verbs.items()):
            if verb.shown(instance):
                url = reverse(self.verb_url_name, args=[name, instance.pk])
                buttons.append(Button(verb.label, url=url, icon_name=verb.icon, priority=30 + number))
        return buttons


class VerbViewSet(SnippetViewSet):
    """Rows that the office reads and changes by verbs only."""

    verbs: ClassVar[dict[str, OfficeVerb]] = {}
    index_view_class = VerbIndexView
    inspect_view_class = ReadingView
    inspect_view_enabled = True
    copy_view_enabled = False
    list_per_page = 50

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        own = {"verbs": self.verbs, "verb_url_name": self.get_url_name("act")}
        return super().get_index_view_kwargs(**own, **kwargs)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), path("act/<slug:name>/<int:pk>/", self.act_view, name="act")]

    def act_view(self, request: HttpRequest, name: str, pk: int) -> HttpResponse:
        """Ask, with a form where words are needed, then call the verb; say in words why it refuses."""
        verb = self.verbs.get(name)
        if verb is None or not rules.can_appoint(request.user):
            raise PermissionDenied
        row = get_object_or_404(self.get_queryset(request), pk=pk)
        back = reverse(self.get_url_name("list"))
        form = (
            verb.form(request.POST if request.method == "POST" else None, initial=verb.initial(row))
            if verb.form
            else None
        )
        if request.method == "POST" and (form is None or form.is_valid()):
            try:
                verb.do(row, request.user, form)
            except (RefusedError, PermissionDenied) as refusal:
                messages.error(request, str(refusal) or NOT_YET)
            else:
                messages.success(request, verb.done(row))
            return redirect(back)
        context = {
            "title": verb.label,
            "question": verb.question(row),
            "button": verb.label,
            "back": back,
            "form": form or (),
        }
        return render(request, "core/admin/confirm_form.html", context)


class EnteringView(CreateView):
    """A form whose `save` is a verb: what the verb refuses stands over the form."""

    def save_instance(self) -> Any:
        """Save by the verb of the form, which writes the history too."""
        return self.form.save()

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
            self.produced_error_message = self.get_error_message()
            response = self.form_invalid(form)
        return response
