"""What the bank adds to the admin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from portal.core import admin_menu, awaiting
from portal.core.awaiting import Task
from practices import desk_bulk
from practices.domain import desk
from practices.domain.desk_page import CONTACTS_SEEN
from practices.enums import SubmissionStatus
from practices.models import PracticePage
from practices.rules import is_bank_editor, is_office
from practices.views import desk_list, desk_submission, page_desk
from practices.viewsets import PracticesGroup

hooks.register("before_edit_page", page_desk.about_its_submission)


@hooks.register("register_admin_viewset")
def lists_of_practices() -> ViewSetGroup:
    """The lists of practices and of collections."""
    return PracticesGroup()


@hooks.register("register_admin_urls")
def way_of_a_practice() -> list[URLPattern]:
    """Screens of the way from a submission to a page and after."""
    return [
        path("practices/submissions/<slug:public_id>/page/", page_desk.make_page, name="practice_make_page"),
        path("practices/way/<int:pk>/", page_desk.PracticeWayView.as_view(), name="practice_way"),
    ]


@hooks.register("register_admin_urls")
def desk_of_the_office() -> list[URLPattern]:
    """Tables of submissions and the page of one."""
    one = "practices/submissions/<slug:public_id>/"
    return [
        path("practices/submissions/", desk_list.SubmissionsView.as_view(), name="practice_desk"),
        path(
            "practices/submissions/results/",
            desk_list.SubmissionsView.as_view(results_only=True),
            name="practice_desk_results",
        ),
        path("practices/accepted/", desk_list.PagesToMakeView.as_view(), name="practice_pages_to_make"),
        path(
            "practices/accepted/results/",
            desk_list.PagesToMakeView.as_view(results_only=True),
            name="practice_pages_to_make_results",
        ),
        path(one, desk_submission.SubmissionDeskView.as_view(), name="practice_desk_submission"),
        path(f"{one}return/", desk_submission.ReturnView.as_view(), name="practice_desk_return"),
    ]


for action in desk_bulk.ACTIONS:
    hooks.register("register_bulk_action", action)


class OfficeMenuItem(MenuItem):
    """Shown to moderators."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether the person receives submissions."""
        return is_office(request.user)


class EditorsMenuItem(MenuItem):
    """Shown to editors of the bank."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether the person makes pages of submissions."""
        return is_bank_editor(request.user)


@hooks.register("register_admin_menu_item")
def submissions_item() -> MenuItem:
    """«Заявки» of the office."""
    return OfficeMenuItem(
        "Заявки", reverse("practice_desk"), name="practice-desk", icon_name="doc-full", order=admin_menu.SUBMISSIONS
    )


@hooks.register("register_admin_menu_item")
def pages_to_make_item() -> MenuItem:
    """«Принятые заявки» of editors."""
    return EditorsMenuItem(
        "Принятые заявки",
        reverse("practice_pages_to_make"),
        name="practice-pages-to-make",
        icon_name="success",
        order=admin_menu.SUBMISSIONS + 1,
    )


@hooks.register("register_log_actions")
def journal_of_contacts(actions: LogActionRegistry) -> None:
    """Lines that reading of contacts leaves in the journal."""
    actions.register_action(CONTACTS_SEEN, "Открыть контакты", "Контакты заявки открыты")
    actions.register_action(desk_list.EXPORTED, "Выгрузить контакты", "Выгружена таблица заявок с контактами")


def to_check(user: Any) -> Task | None:
    """The line of the first screen for moderators."""
    if not is_office(user):
        return None
    url = f"{reverse('practice_desk')}?status={SubmissionStatus.FORMAL_CHECK}"
    return Task("Заявки ждут проверки", desk.waiting_for_check(user), url)


def late(user: Any) -> Task | None:
    """The line of what is late, whoever keeps it."""
    return (
        Task("Заявки просрочены", desk.overdue_number(user), f"{reverse('practice_desk')}?late=true")
        if is_office(user)
        else None
    )


def to_make_pages(user: Any) -> Task | None:
    """The line of the first screen for editors of the bank."""
    if not is_bank_editor(user):
        return None
    return Task("Принятые заявки без страницы", desk.without_page(user), reverse("practice_pages_to_make"))


awaiting.register("submissions", to_check, order=2)
awaiting.register("late_submissions", late, order=3)
awaiting.register("pages_to_make", to_make_pages, order=4)


@hooks.register("register_page_header_buttons")
def button_of_the_way(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """The button of the screen «Путь практики»."""
    if page.specific_class is PracticePage and is_bank_editor(user):
        yield Button("Путь практики", url=reverse("practice_way", args=[page.pk]), icon_name="success", priority=36)
