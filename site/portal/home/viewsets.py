"""Messages of visitors in the admin: read, answered from one's own mailbox, marked as answered."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, DateColumn
from wagtail.admin.widgets.button import BaseButton, Button, HeaderButton
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from portal.core import admin_menu
from portal.core.admin_filters import YesNoFilter
from portal.core.admin_search import MatchKeySearchMixin
from portal.core.awaiting import Task
from portal.core.viewsets import ReadingView
from portal.home.models import FeedbackMessage


class FeedbackPolicy(ModelPermissionPolicy):
    """What visitors wrote is read and marked; nobody writes it for them or changes their words."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and super().user_has_permission(user, "view")


def may_mark(user: Any) -> bool:
    """Tell whether `user` may mark messages as answered."""
    return bool(user.has_perm("home.change_feedbackmessage"))


def _mark_button(kind: type[BaseButton], message: FeedbackMessage, user: Any) -> list[BaseButton]:
    if not may_mark(user):
        return []
    label = "Вернуть в неотвеченные" if message.is_answered else "Отметить отвеченным"
    url = reverse(f"{FeedbackViewSet.url_name_base}:mark", args=[message.pk])
    return [kind(label, url=url, icon_name="check", priority=40)]


class FeedbackFilterSet(WagtailFilterSet):
    is_answered = YesNoFilter(label="Отвечено")

    class Meta:
        model = FeedbackMessage
        fields = ["is_answered"]


class FeedbackIndexView(MatchKeySearchMixin, IndexView):
    latin_fields = ("email",)

    def get_list_more_buttons(self, instance: FeedbackMessage) -> list[BaseButton]:
        return [*super().get_list_more_buttons(instance), *_mark_button(Button, instance, self.request.user)]


class FeedbackInspectView(ReadingView):
    @property
    def header_buttons(self) -> list[BaseButton]:
        return _mark_button(HeaderButton, self.object, self.request.user)


class FeedbackViewSet(SnippetViewSet):
    """Messages of visitors: the latest first, those without an answer by a filter."""

    url_name_base = "wagtailsnippets_home_feedbackmessage"
    model = FeedbackMessage
    icon = "comment"
    menu_label = "Обращения"
    menu_name = "feedback"
    menu_order = admin_menu.FEEDBACK
    add_to_admin_menu = True
    list_display = [
        "subject",
        "email",
        "name",
        DateColumn("created_at", label="Получено", sort_key="created_at"),
        BooleanColumn("is_answered", label="Отвечено", sort_key="is_answered"),
    ]
    filterset_class = FeedbackFilterSet
    search_fields = ["email"]
    list_per_page = 50
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = ["subject", "email", "name", "created_at", "text", "page_url", "is_answered"]
    index_view_class = FeedbackIndexView
    inspect_view_class = FeedbackInspectView

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), path("mark/<int:pk>/", self.mark_view, name="mark")]

    def mark_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask, then turn the mark «answered» of one message over."""
        if not may_mark(request.user):
            raise PermissionDenied
        message = get_object_or_404(FeedbackMessage, pk=pk)
        back = reverse(self.get_url_name("list"))
        if request.method == "POST":
            answered = not message.is_answered
            FeedbackMessage.objects.filter(pk=pk).update(is_answered=answered)
            words = "отмечено отвеченным" if answered else "снова ждёт ответа"
            messages.success(request, f"Обращение «{message.subject}» {words}.")
            return redirect(back)
        words = "Вернуть в неотвеченные" if message.is_answered else "Отметить отвеченным"
        context = {"title": words, "question": f"{words} обращение «{message.subject}»?", "button": words, "back": back}
        return render(request, "core/admin/confirm.html", context)


def unanswered(user: Any) -> Task | None:
    """The line of the first screen for those who read messages."""
    if not user.has_perm("home.view_feedbackmessage"):
        return None
    url = f"{reverse('wagtailsnippets_home_feedbackmessage:list')}?is_answered=false"
    return Task("Обращения без ответа", FeedbackMessage.objects.filter(is_answered=False).count(), url)
