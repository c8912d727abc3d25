"""Subscriptions in the admin: who hears of what, ended on request."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from portal.core import admin_menu
from portal.core.admin_search import MatchKeySearchMixin
from portal.subscriptions.domain import joining
from portal.subscriptions.models import Subscription


class SubscriptionIndexView(MatchKeySearchMixin, IndexView):
    latin_fields = ("email",)

    def get_page_subtitle(self) -> str:
        """Say how many stand, by what they are to."""
        standing = Subscription.objects.active().order_by("target").values_list("target").annotate(number=Count("pk"))
        names = dict(Subscription._meta.get_field("target").choices or ())
        counted = ", ".join(f"{names[target]} {number}" for target, number in standing)
        return f"Действуют: {counted}" if counted else "Действующих нет"

    def get_list_more_buttons(self, instance: Subscription) -> list[Button]:
        buttons = super().get_list_more_buttons(instance)
        if instance.ended_at is None and may_end(self.request.user):
            url = reverse(f"{SubscriptionViewSet.url_name_base}:end", args=[instance.pk])
            buttons.append(Button("Прекратить по просьбе", url=url, icon_name="cross", priority=40))
        return buttons


def may_end(user: Any) -> bool:
    """Tell whether `user` may end subscriptions on behalf of those who asked for it."""
    return bool(user.has_perm("subscriptions.change_subscription"))


class SubscriptionViewSet(SnippetViewSet):
    """Subscriptions without an account: the latest first, narrowed by what they are to."""

    url_name_base = "wagtailsnippets_subscriptions_subscription"
    model = Subscription
    icon = "mail"
    menu_label = "Подписки"
    menu_name = "subscriptions"
    menu_order = admin_menu.LETTERS + 6
    add_to_admin_menu = True
    list_display = [
        "email",
        Column("what", label="На что"),
        Column("state", label="Состояние"),
        DateColumn("confirmed_at", label="Подтверждена", sort_key="confirmed_at"),
        DateColumn("ended_at", label="Прекращена", sort_key="ended_at"),
    ]
    list_filter = ["target"]
    search_fields = ["email"]
    list_per_page = 50
    copy_view_enabled = False
    index_view_class = SubscriptionIndexView

    def get_queryset(self, request: HttpRequest) -> QuerySet[Subscription]:
        return Subscription.objects.select_related("tag").order_by("-asked_at", "-pk")

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), path("end/<int:pk>/", self.end_view, name="end")]

    def end_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask, then end the subscription of somebody who wrote to the office."""
        if not may_end(request.user):
            raise PermissionDenied
        subscription = get_object_or_404(Subscription.objects.select_related("tag", "consent"), pk=pk)
        back = reverse(self.get_url_name("list"))
        if request.method == "POST":
            joining.end([subscription], by=request.user)
            messages.success(request, f"Подписка прекращена: {subscription}.")
            return redirect(back)
        question = f"Прекратить подписку «{subscription}» по просьбе человека? Согласие будет отозвано."
        context = {"title": "Прекратить подписку", "question": question, "button": "Прекратить", "back": back}
        return render(request, "core/admin/confirm.html", context)
