"""Public addresses of the library beside the pages themselves."""

from __future__ import annotations

from django.urls import path

from portal.documents.views import listing

urlpatterns = [path("documents/export.<slug:fmt>", listing.export, name="document_export")]
