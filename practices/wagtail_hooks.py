"""What the bank adds to the admin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from practices.models import PracticePage
from practices.rules import is_bank_editor
from practices.views import page_desk
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


@hooks.register("register_page_header_buttons")
def button_of_the_way(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """The button of the screen «Путь практики»."""
    if page.specific_class is PracticePage and is_bank_editor(user):
        yield Button("Путь практики", url=reverse("practice_way", args=[page.pk]), icon_name="success", priority=36)
