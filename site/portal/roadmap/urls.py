"""Public addresses of the roadmap beside its pages; all stand above the page tree."""

from __future__ import annotations

from django.urls import path

from portal.core.pagecache import public_page
from portal.roadmap.views import files, item

urlpatterns = [
    path("roadmap/<slug:slug>/<int:position>/", public_page(item.item_page), name="roadmap_item"),
    path("roadmap/<slug:slug>/export.<slug:fmt>", files.export, name="roadmap_export"),
]
