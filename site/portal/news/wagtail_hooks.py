"""What news add to the admin."""

from __future__ import annotations

from wagtail import hooks
from wagtail.admin.viewsets.pages import PageListingViewSet

from portal.news.viewsets import news_listing


@hooks.register("register_admin_viewset")
def list_of_news() -> PageListingViewSet:
    """The list of all news."""
    return news_listing
