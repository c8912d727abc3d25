"""What the library of documents adds to the admin."""

from __future__ import annotations

from wagtail import hooks
from wagtail.admin.viewsets.pages import PageListingViewSet

from portal.documents.viewsets import document_listing


@hooks.register("register_admin_viewset")
def list_of_documents() -> PageListingViewSet:
    """The list of all documents."""
    return document_listing
