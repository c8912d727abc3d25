"""Screens of intake in the admin: when applications are received, and for whom longer."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from portal.accounts.rules import is_moderator
from portal.core import admin_menu
from portal.intake import procedures
from portal.intake.admin_forms import ExtensionForm, WindowForm
from portal.intake.models import IntakeExtension, IntakeWindow


class OfficePolicy(ModelPermissionPolicy):
    """The office may what `allowed` names, by who a person is and not by rights over tables: so a portal that was set up
    earlier has the screens too."""

    allowed = frozenset({"add", "change", "view", "delete"})

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in self.allowed and is_moderator(user)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


class GivenPolicy(OfficePolicy):
    """What was given stays as it was given: a later one takes its place."""

    allowed = frozenset({"add", "view"})


class WindowViewSet(SnippetViewSet):
    """Windows of intake; a procedure without them receives all the year round."""

    model = IntakeWindow
    icon = "calendar"
    menu_label = "Сроки приёма"
    menu_name = "intake-windows"
    copy_view_enabled = False
    list_per_page = 50
    list_display = [
        "title",
        Column("procedure", label="Что принимаем", accessor=lambda row: procedures.title_of(row.procedure)),
        DateColumn("opens_at", label="Открывается", sort_key="opens_at"),
        DateColumn("closes_at", label="Закрывается", sort_key="closes_at"),
    ]
    edit_handler = ObjectList(
        [
            HelpPanel(
                "Пока у процедуры нет ни одного срока, приём идёт круглый год. Два срока одной процедуры не могут "
                "пересекаться."
            ),
            FieldPanel("procedure"),
            FieldPanel("title"),
            FieldPanel("opens_at"),
            FieldPanel("closes_at"),
        ],
        base_form_class=WindowForm,
    )


class ExtensionViewSet(SnippetViewSet):
    """Later closings given to single organisations, with reasons."""

    model = IntakeExtension
    icon = "time"
    menu_label = "Продления приёма"
    menu_name = "intake-extensions"
    copy_view_enabled = False
    inspect_view_enabled = True
    list_per_page = 50
    list_display = ["organisation", "window", DateColumn("until", label="До", sort_key="until"), "reason", "given_by"]
    edit_handler = ObjectList(
        [
            HelpPanel("Продление открывает приём одной организации. Причину портал сохранит."),
            FieldPanel("window"),
            FieldPanel("organisation"),
            FieldPanel("until"),
            FieldPanel("reason"),
        ],
        base_form_class=ExtensionForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return IntakeExtension.objects.select_related("organisation", "window", "given_by").order_by("-given_at", "-pk")


class IntakeGroup(SnippetViewSetGroup):
    """The menu «Приём заявок»."""

    items = (WindowViewSet, ExtensionViewSet)
    menu_label = "Приём заявок"
    menu_icon = "calendar"
    menu_name = "intake"
    menu_order = admin_menu.SUBMISSIONS + 2
