"""Documents for tests."""

from __future__ import annotations

import datetime as dt

import factory
import wagtail_factories
from django.core.files.base import ContentFile

from portal.documents.models import DocumentFile, DocumentPage
from portal.files.models import PortalDocument
from portal.vocabularies.enums import Vocabulary
from portal.vocabularies.models import Term


def document_kind(slug="polozhenie"):
    """A kind of documents of the reference data."""
    return Term.objects.get(vocabulary=Vocabulary.DOCUMENT_KIND, slug=slug)


class DocumentPageFactory(wagtail_factories.PageFactory):
    """A published document in force; give `parent`, the section of documents."""

    title = factory.Sequence(lambda n: f"Положение номер {n}")
    slug = factory.Sequence(lambda n: f"polozhenie-{n}")
    summary = "О чём документ."
    kind = factory.LazyFunction(document_kind)
    number = factory.Sequence(lambda n: f"{n}/1-о")
    date = factory.Sequence(lambda n: dt.date(2022, 1, 1) + dt.timedelta(days=n))
    issuer_name = "Комитет образования"

    class Meta:
        model = DocumentPage


def attach(page, name="polozhenie.pdf", data=b"%PDF-1.7 text", label="", **values):
    """Give a document a file of the library; return the library's row. The page is published anew."""
    row = PortalDocument(title=name, file_size=len(data), **values)
    row.file.save(name, ContentFile(data), save=True)
    page.files.add(DocumentFile(document=row, label=label))
    page.save_revision().publish()
    return row
