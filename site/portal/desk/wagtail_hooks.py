"""What the desk adds to the admin."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, include, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.home import UserObjectsInWorkflowModerationPanel
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import Button
from wagtail.documents.wagtail_hooks import DocumentsMenuItem
from wagtail.images.wagtail_hooks import ImagesMenuItem
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from portal.core import admin_menu
from portal.desk import bulk_actions
from portal.desk.domain import previews, refusals, trash, wording
from portal.desk.domain.agreement import words_of_request, words_of_return
from portal.desk.panels import AwaitingPanel
from portal.desk.rules import may_share_draft, works_with_pages
from portal.desk.views import conflicts, reports
from portal.desk.views.trash import put_away

for _action in (  # in place of Wagtail's
    bulk_actions.TrashBulkAction,
    bulk_actions.CountedPublishing,
    bulk_actions.CountedUnpublishing,
    bulk_actions.CountedMove,
):
    hooks.register("register_bulk_action", _action, order=100)
hooks.register("register_bulk_action", bulk_actions.TopicBulkAction)
hooks.register("register_bulk_action", bulk_actions.EvidenceBulkAction)
hooks.register("before_delete_page", put_away, order=100)  # sections have refused by then
hooks.register("before_edit_page", conflicts.settle, order=100)


@hooks.register("register_admin_urls")
def desk_urls() -> list[URLPattern]:
    """The screens of the desk."""
    return [path("", include("portal.desk.admin_urls"))]  # type: ignore[list-item]


class WritersMenuItem(MenuItem):
    """Shown to those who work with pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        return works_with_pages(request.user)


@hooks.register("register_admin_menu_item")
def trash_in_menu() -> MenuItem:
    """The trash, near the end of the menu."""
    return WritersMenuItem("Корзина", reverse("trash"), name="trash", icon_name="bin", order=admin_menu.TRASH)


def _report_item(view: type[ReportView], order: int) -> MenuItem:
    return WritersMenuItem(
        view.page_title,
        reverse(view.index_url_name),
        name=view.index_url_name,
        icon_name=view.header_icon,
        order=order,
    )


for _order, _view in enumerate(reports.REPORTS, start=100):
    hooks.register("register_reports_menu_item", partial(_report_item, _view, _order))


@hooks.register("construct_homepage_panels")
def first_screen(request: HttpRequest, panels: list[Any]) -> None:
    """What waits for the person stands above what one edited lately; what only repeats it is left out."""
    panels[:] = [panel for panel in panels if not isinstance(panel, UserObjectsInWorkflowModerationPanel)]
    panels.append(AwaitingPanel())


@hooks.register("construct_homepage_summary_items", order=1000)
def no_stock_summary(request: HttpRequest, items: list[Any]) -> None:
    """How many pictures the site has helps nobody to begin the day."""
    items.clear()


@hooks.register("construct_main_menu")
def pictures_and_files_by_the_order_of_work(request: HttpRequest, items: list[MenuItem]) -> None:
    """Wagtail's library of files is «Файлы»: «Документы» are the official ones."""
    for item in items:
        if isinstance(item, ImagesMenuItem):
            item.order = admin_menu.IMAGES
        elif isinstance(item, DocumentsMenuItem):
            item.order, item.label = admin_menu.FILES, "Файлы"


@hooks.register("construct_page_chooser_queryset")
def choosers_skip_the_trash(pages: Any, request: HttpRequest) -> Any:
    """Nobody links to a deleted page."""
    return trash.outside(pages)


@hooks.register("before_edit_page")
def trash_is_not_edited(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A page of the trash is brought back first."""
    if not trash.is_trashed(page):
        return None
    messages.warning(request, f"Страница «{page.title}» лежит в корзине. Чтобы править, сначала верните её.")
    return redirect("trash")


@hooks.register("before_edit_page")
def show_words_of_return(request: HttpRequest, page: Page) -> None:
    """Say above the form in whose words the page was returned."""
    if request.method == "GET" and (returned := words_of_return(page)) is not None:
        reviewer, decision = returned
        day = timezone.localtime(decision.finished_at)
        messages.warning(request, f"Возвращено на доработку {day:%d.%m.%Y}, {reviewer}: «{decision.comment}»")


@hooks.register("before_edit_page")
def show_why_it_did_not_go_out(request: HttpRequest, page: Page) -> None:
    """Say above the form why the page refused to go out at its time, while nobody has taken it up."""
    if request.method == "GET" and refusals.refused(request.user).filter(pk=page.pk).exists():
        messages.error(request, f"Не опубликована в назначенное время. {' '.join(refusals.reasons_of(page))}")


@hooks.register("before_edit_page")
def show_words_of_request(request: HttpRequest, page: Page) -> None:
    """Say above the form in whose words the person is asked to agree."""
    if request.method == "GET" and (asked := words_of_request(page, request.user)) is not None:
        author, words = asked
        messages.info(request, f"{author} просит согласовать: «{words}»")


@hooks.register("insert_editor_js")
def saving_in_turn() -> SafeString:
    """The script by which a save by hand waits for the autosave."""
    return format_html('<script src="{}"></script>', static("admin/saving.js"))


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def look_at_the_words(request: HttpRequest, page: Page) -> None:
    """After a save by hand say what in the text would trouble a reader."""
    if request.method == "POST" and request.accepts("text/html") and (remarks := wording.remarks(page)):
        messages.warning(request, "Проверка текста. " + " ".join(remarks))


@hooks.register("register_page_header_buttons")
def link_for_a_look(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """The button of the links that show a draft."""
    if page.is_previewable() and may_share_draft(user, page):
        url = reverse("preview_links", args=[page.pk])
        yield Button("Ссылка для просмотра (7 дней)", url=url, icon_name="link", priority=35)


@hooks.register("register_log_actions")
def journal_of_the_desk(actions: LogActionRegistry) -> None:
    """Lines that the desk leaves in the journal of pages."""
    actions.register_action(trash.TRASHED, "Убрать в корзину", "Страница убрана в корзину")
    actions.register_action(trash.RESTORED, "Вернуть из корзины", "Страница возвращена из корзины")
    actions.register_action(refusals.REFUSED, "Отказ в публикации", "Страница не вышла в назначенное время")
    actions.register_action(previews.SHARED, "Ссылка для просмотра", "Создана ссылка для просмотра на 7 дней")
    actions.register_action(previews.REVOKED, "Отзыв ссылки", "Ссылка для просмотра отозвана")
