"""What mailings add to the admin: screens, the item of the menu, lines of the journal, what waits."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry

from portal.core import admin_menu, awaiting
from portal.core.awaiting import Task
from portal.mailing.domain import mailings as verbs
from portal.mailing.enums import RowStatus
from portal.mailing.models import MailingRow
from portal.mailing.rules import may_mail
from portal.mailing.views import mailings


@hooks.register("register_admin_urls")
def admin_addresses() -> list[URLPattern]:
    """Screens of mailings."""
    return [
        path("mailings/", mailings.for_mailers(mailings.MailingsView.as_view()), name="mailings"),
        path("mailings/new/", mailings.edit, name="mailing_new"),
        path("mailings/<int:pk>/", mailings.show, name="mailing"),
        path("mailings/<int:pk>/edit/", mailings.edit, name="mailing_edit"),
        path("mailings/<int:pk>/send/", mailings.send, name="mailing_send"),
        path("mailings/<int:pk>/prepare/", mailings.prepare, name="mailing_prepare"),
        path("mailings/<int:pk>/cancel/", mailings.cancel, name="mailing_cancel"),
        path("mailings/<int:pk>/repeat/", mailings.repeat, name="mailing_repeat"),
        path("mailings/letters/<int:pk>/", mailings.row, name="mailing_row"),
    ]


class MailingsMenuItem(MenuItem):
    """Shown to who may write to many people at once."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether the person is of the office."""
        return may_mail(request.user)


@hooks.register("register_admin_menu_item")
def mailings_item() -> MenuItem:
    """The item beside letters."""
    return MailingsMenuItem(
        "Рассылки", reverse("mailings"), icon_name="group", name="mailings", order=admin_menu.LETTERS + 5
    )


@hooks.register("register_log_actions")
def journal_of_mailings(actions: LogActionRegistry) -> None:
    """Lines that mailings leave in the journal."""
    actions.register_action(verbs.PREPARED, "Подготовить письма", "Письма подготовлены")
    actions.register_action(verbs.CORRECTED, "Исправить письмо", "Письмо исправлено")
    actions.register_action(verbs.SENT, "Отправить письма", "Письма отправлены")
    actions.register_action(verbs.CANCELLED, "Отменить рассылку", "Рассылка отменена")
    actions.register_action(verbs.REPEATED, "Отправить ещё раз", "Недоставленные отправлены ещё раз")


def drafts_waiting(user: Any) -> Task | None:
    """The line of the first screen for those who prepare mailings."""
    if not may_mail(user):
        return None
    return Task(
        "Письма рассылок не отправлены", MailingRow.objects.filter(status=RowStatus.DRAFT).count(), reverse("mailings")
    )


awaiting.register("mailings", drafts_waiting, order=85)
