"""Addresses of open data."""

from __future__ import annotations

from django.urls import path

from portal.core.pagecache import public_page
from portal.opendata.views import files, pages

urlpatterns = [
    path("opendata/", public_page(pages.index), name="opendata"),
    path("opendata/list.<slug:fmt>", files.registry, name="opendata_registry"),
    path("opendata/<slug:slug>/", public_page(pages.data_set), name="opendata_set"),
    path("opendata/<slug:slug>/data.<slug:fmt>", files.data, name="opendata_file"),
    path("opendata/<slug:slug>/passport.<slug:fmt>", files.passport, name="opendata_passport"),
    path("opendata/<slug:slug>/structure.<slug:fmt>", files.structure, name="opendata_structure"),
]
