"""Screens of users in the admin: by e-mail and name, without passwords typed by administrators."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from wagtail.admin.ui.tables import BooleanColumn, BulkActionsCheckboxColumn, Column, DateColumn
from wagtail.admin.views.account import AccountView, AvatarSettingsPanel
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import SnippetViewSet
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import CreateView, EditView, IndexView, UserColumn, UserViewSet

from portal.accounts import acting
from portal.accounts.forms import NameField
from portal.accounts.letters import queue_invitation
from portal.accounts.models import ActingPeriod, User
from portal.accounts.rules import is_staff, may_work_as
from portal.core.admin_search import MatchKeySearchMixin

_FIELDS = ["email", "last_name", "first_name", "patronymic", "position"]


class PortalUserForm:
    """What both forms share: names in Russian order, no password; the person chooses it by a letter."""

    password_enabled = False

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()  # type: ignore[attr-defined]


class PortalUserCreationForm(PortalUserForm, UserCreationForm):
    last_name = NameField(label="Фамилия")
    first_name = NameField(label="Имя")
    patronymic = NameField(label="Отчество", required=False)

    class Meta(UserCreationForm.Meta):
        model = User
        fields = [*_FIELDS, "is_superuser", "groups"]

    def save(self, commit: bool = True) -> User:
        self.instance.set_unusable_password()
        user: User = super().save(commit)
        return user


class PortalUserEditForm(PortalUserForm, UserEditForm):
    last_name = NameField(label="Фамилия")
    first_name = NameField(label="Имя")
    patronymic = NameField(label="Отчество", required=False)

    class Meta(UserEditForm.Meta):
        model = User
        fields = [*_FIELDS, "is_active", "is_superuser", "groups"]

    def save(self, commit: bool = True) -> User:
        user: User = super().save(commit)
        if commit and "email" in self.changed_data:
            # The administrator answers for the new mailbox; letters to the former one no longer open the account.
            user.emailaddress_set.exclude(email=user.email).delete()  # type: ignore[attr-defined]
            user.confirm_email()
        return user


class PortalUserIndexView(MatchKeySearchMixin, IndexView):
    """The list of people: found by any part of a name or e-mail, in any case."""

    page_title = "Пользователи"
    add_item_label = "Добавить пользователя"
    key_fields = ("name_key",)
    latin_fields = ("email",)

    @cached_property
    def columns(self) -> list[Column]:
        title: type[Column] = self._get_title_column_class(UserColumn)
        return [
            BulkActionsCheckboxColumn("bulk_actions", obj_type="user"),
            title(
                "name",
                label="Имя",
                accessor=lambda user: user.get_full_name() or user.email,
                sort_key="name",
                get_url=self.get_edit_url,
                classname="name",
            ),
            Column("email", label="Электронная почта", sort_key="email"),
            Column("position", label="Должность"),
            Column("roles", label="Роли", accessor=_roles),
            BooleanColumn("is_active", label="Вход открыт", sort_key="is_active"),
            DateColumn("last_login", label="Последний вход", sort_key="last_login"),
        ]

    @cached_property
    def search_fields(self) -> set[str]:
        return {"name_key", "email"}

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().prefetch_related("groups")

    def order_queryset(self, queryset: Any) -> Any:
        by_name = {"name": "name_sort", "-name": "-name_sort"}
        return (
            queryset.order_by(by_name[self.ordering]) if self.ordering in by_name else super().order_queryset(queryset)
        )

    def get_list_more_buttons(self, instance: User) -> list[Button]:
        buttons = super().get_list_more_buttons(instance)
        if instance.is_active and self.user_has_permission("change"):
            url = reverse("wagtailusers_users:invite", args=[instance.pk])
            buttons.append(Button("Прислать письмо для пароля", url=url, icon_name="mail", priority=40))
        return [*buttons, *_work_as_button(self.request.user, instance)]


def _work_as_button(administrator: Any, person: User) -> list[Button]:
    if not may_work_as(administrator, person):
        return []
    url = reverse("wagtailusers_users:work_as", args=[person.pk])
    return [Button("Войти как этот пользователь", url=url, icon_name="user", priority=50)]


def _roles(user: User) -> str:
    roles = ["Администратор"] if user.is_superuser else []
    return ", ".join([*roles, *(group.name for group in user.groups.all())])


class PortalUserCreateView(CreateView):
    page_title = "Новый пользователь"
    success_message = "Учётная запись «%(object)s» создана. Письмо со ссылкой для пароля отправлено."

    def save_instance(self) -> User:
        user: User = super().save_instance()
        queue_invitation(user)
        return user


class PortalUserEditView(EditView):
    success_message = "Учётная запись «%(object)s» изменена."

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        return [*super().header_more_buttons, *_work_as_button(self.request.user, self.object)]


class PortalUserViewSet(UserViewSet):
    """Users by e-mail and name."""

    menu_label = "Пользователи"
    ordering = "name_sort"
    create_template_name = "accounts/admin/user_create.html"
    edit_template_name = "accounts/admin/user_edit.html"
    index_view_class = PortalUserIndexView
    add_view_class = PortalUserCreateView
    edit_view_class = PortalUserEditView

    def get_form_class(self, for_update: bool = False) -> type:
        return PortalUserEditForm if for_update else PortalUserCreationForm

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("invite/<int:pk>/", self.invite_view, name="invite"),
            path("work-as/<int:pk>/", self.work_as_view, name="work_as"),
        ]

    def work_as_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask, saying what is recorded, then let an administrator work as the person."""
        person = get_object_or_404(User, pk=pk)
        if not may_work_as(request.user, person):
            raise PermissionDenied
        if request.method == "POST":
            acting.begin(request, person)
            return redirect("wagtailadmin_home" if is_staff(person) else "account_profile")
        context = {
            "title": "Войти как этот пользователь",
            "question": (
                f"Портал откроется таким, каким его видит {person} ({person.email}), не дольше часа. "
                "В журнал запишутся ваше имя, время и сетевой адрес. Пароль, почта и согласия человека закрыты."
            ),
            "button": "Войти",
            "back": reverse(self.get_url_name("edit"), args=[person.pk]),
        }
        return render(request, "core/admin/confirm.html", context)

    def invite_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask, then send the person a link to choose a password."""
        if not self.permission_policy.user_has_permission(request.user, "change"):
            raise PermissionDenied
        user = get_object_or_404(User, pk=pk, is_active=True)
        back = reverse(self.get_url_name("index"))
        if request.method == "POST":
            queue_invitation(user)
            messages.success(request, f"Письмо для {user.email} в очереди.")
            return redirect(back)
        context = {
            "title": "Письмо для пароля",
            "question": f"Отправить на {user.email} ссылку, по которой {user} задаст пароль?",
            "button": "Отправить",
            "back": back,
        }
        return render(request, "core/admin/confirm.html", context)


def _minute(moment: dt.datetime | None) -> str:
    """Return the exact time: a journal is read long after, and «два месяца назад» proves nothing."""
    return f"{timezone.localtime(moment):%d.%m.%Y %H:%M}" if moment else ""


class ActingPeriodViewSet(SnippetViewSet):
    """The journal «Работа от имени других»: read by administrators, changed by nobody."""

    url_name_base = "wagtailsnippets_accounts_actingperiod"
    model = ActingPeriod
    icon = "user"
    menu_label = "Работа от имени других"
    menu_name = "acting"
    add_to_settings_menu = True
    list_display = [
        Column("administrator", label="Администратор"),
        Column("person", label="От чьего имени"),
        Column("began_at", label="Начал", accessor=lambda period: _minute(period.began_at), sort_key="began_at"),
        Column("over_at", label="Закончил", accessor=lambda period: _minute(period.over_at) or "работает"),
        Column("address", label="Сетевой адрес"),
    ]
    list_per_page = 50
    copy_view_enabled = False

    def get_queryset(self, request: HttpRequest) -> Any:
        return ActingPeriod.objects.select_related("administrator", "person")


class PortalAccountView(AccountView):
    """One's own settings in the admin without a portrait: uploads go only where they are checked and re-encoded."""

    def get_panels(self) -> list[Any]:
        return [panel for panel in super().get_panels() if not isinstance(panel, AvatarSettingsPanel)]
