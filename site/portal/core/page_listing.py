"""What lists of pages of one type share in the admin."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.pages.listing import IndexView, PageFilterSet
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.models import Page
from wagtail.permissions import policy_registry


class PagesMenuItem(MenuItem):
    """Shown to those who have a right over any page."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Tell whether the person works with pages at all."""
        policy = policy_registry.get_by_type(Page)
        return bool(policy.user_has_any_permission(request.user, {"add", "change", "publish"}))


class PageListFilterSet(PageFilterSet):
    """Filters of a list of pages of one type: those of Wagtail that tell nothing there are left out."""

    site = None
    has_child_pages = None


class PageListView(IndexView):
    """Pages of one type with the records that the columns show."""

    joined: ClassVar[tuple[str, ...]] = ()  # relations of the type that columns read

    def get_table(self, object_list: Iterable[Page], **kwargs: Any) -> Any:
        pages = list(object_list)
        # Wagtail reads the pages of a list anew by their types, without what a queryset was told to join.
        prefetch_related_objects(pages, *self.joined)
        return super().get_table(pages, **kwargs)


class PageListViewSet(PageListingViewSet):
    """A list of all pages of one type, in the menu of those who work with pages."""

    menu_item_class = PagesMenuItem
    index_view_class = PageListView


def page_columns(*own: Column) -> list[Column]:
    """Return the columns of a list: tick, title, those of the type, when it was changed, where it stands."""
    standard = {column.name: column for column in IndexView.base_columns}
    names = ("latest_revision_created_at", "status")
    return [standard["bulk_actions"], standard["title"], *own, *(standard[name] for name in names)]
