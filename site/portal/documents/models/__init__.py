"""Models of the library of official documents."""

from __future__ import annotations

from portal.documents.models.files import DocumentFile
from portal.documents.models.pages import DocumentIndexPage, DocumentPage, DocumentQuerySet, TaggedDocument

__all__ = ["DocumentFile", "DocumentIndexPage", "DocumentPage", "DocumentQuerySet", "TaggedDocument"]
