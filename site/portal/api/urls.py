"""Addresses of the public JSON."""

from __future__ import annotations

from django.urls import path

from portal.api.endpoints import api, docs
from portal.core.pagecache import public_page

urlpatterns = [path("api/v1/docs", public_page(docs), name="api_docs"), path("api/v1/", api.urls)]
