"""Files of a document."""

from __future__ import annotations

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from portal.files.models import PortalDocument


class DocumentFile(Orderable):
    """A file of a document: the text itself, an annex, a form to fill in."""

    page = ParentalKey("official_documents.DocumentPage", on_delete=models.CASCADE, related_name="files")
    document = models.ForeignKey(PortalDocument, verbose_name="файл", on_delete=models.PROTECT, related_name="+")
    label = models.CharField(
        "подпись",
        max_length=160,
        blank=True,
        help_text="Пустая — название файла. Например: Приложение 1. Форма заявки.",
    )

    panels = [FieldPanel("document"), FieldPanel("label")]

    class Meta(Orderable.Meta):
        verbose_name = "файл документа"
        verbose_name_plural = "файлы документа"

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """What the file is called on the page."""
        return self.label or str(self.document)
