"""The address of the search."""

from __future__ import annotations

from django.urls import path

from portal.core.pagecache import public_page
from search.pages.views import search

urlpatterns = [path("search/", public_page(search), name="search")]
