"""What the roadmap adds to the admin: the screens of those who answer for plans."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from portal.core import admin_menu, awaiting
from portal.core.awaiting import Task
from portal.roadmap import rules
from portal.roadmap.domain.desk import proposals
from portal.roadmap.views import desk, plans, table


@hooks.register("register_admin_urls")
def desk_urls() -> list[URLPattern]:
    """«Моя дорожная карта» and the plans."""
    return [
        path("roadmap/", desk.MyRoadmapView.as_view(), name="my_roadmap"),
        path("roadmap/facts/", desk.DecideView.as_view(), name="my_roadmap_decide"),
        path("roadmap/items/", desk.BulkView.as_view(), name="my_roadmap_bulk"),
        path("roadmap/items/<int:pk>/", desk.ItemView.as_view(), name="my_roadmap_item"),
        path("roadmap/items/<int:pk>/edit/", plans.EditItemView.as_view(), name="roadmap_item_edit"),
        path("roadmap/items/<int:pk>/delete/", plans.RemoveItemView.as_view(), name="roadmap_item_delete"),
        path("roadmap/plans/", plans.PlansView.as_view(), name="roadmap_plans"),
        path("roadmap/plans/<int:pk>/copy/", plans.CopyPlanView.as_view(), name="roadmap_plan_copy"),
        path("roadmap/plans/<int:pk>/table/", table.TableView.as_view(), name="roadmap_plan_table"),
        path("roadmap/plans/<int:pk>/add/", plans.AddItemView.as_view(), name="roadmap_item_add"),
    ]


class MyRoadmapItem(MenuItem):
    """Shown to those who answer for something."""

    def is_shown(self, request: HttpRequest) -> bool:
        return rules.runs_something(request.user)


@hooks.register("register_admin_menu_item")
def my_roadmap() -> MenuItem:
    """The item of the menu."""
    return MyRoadmapItem(
        "Моя дорожная карта",
        reverse("my_roadmap"),
        name="my-roadmap",
        icon_name="calendar-check",
        order=admin_menu.ROADMAP,
    )


def facts_to_confirm(user: Any) -> Task | None:
    """The line of the first screen for those who answer for items."""
    if not rules.runs_something(user):
        return None
    return Task("Факты дорожной карты ждут подтверждения", proposals(user).count(), reverse("my_roadmap"))


awaiting.register("facts", facts_to_confirm, order=5)
