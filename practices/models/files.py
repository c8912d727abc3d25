"""Files of a practice's passport, built by the worker."""

from __future__ import annotations

import uuid

from django.db import models

from practices.models.page import PracticePage


class PassportKind(models.TextChoices):
    PDF = "pdf", "PDF"
    DOCX = "docx", "DOCX"

    @property
    def media_type(self) -> str:
        """The type of content as HTTP names it."""
        if self is PassportKind.PDF:
            return "application/pdf"
        return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def storage_name(instance: PassportFile, filename: str) -> str:
    """Return a name that nobody can guess: the file is given out by the practice's address alone."""
    return f"passports/{uuid.uuid4().hex}.{instance.kind}"


class PassportFile(models.Model):
    """The passport of a published practice as a file, as of its last publication."""

    page = models.ForeignKey(PracticePage, on_delete=models.CASCADE, related_name="passport_files")
    kind = models.CharField("вид", max_length=4, choices=PassportKind)
    file = models.FileField("файл", upload_to=storage_name)
    size = models.PositiveIntegerField("размер, байт", default=0)
    made_at = models.DateTimeField("собран")
    digest = models.CharField("отпечаток содержания", max_length=64)

    class Meta:
        verbose_name = "файл паспорта"
        verbose_name_plural = "файлы паспортов"
        constraints = [models.UniqueConstraint(fields=["page", "kind"], name="passport_file_kind")]

    def __str__(self) -> str:
        return f"{self.page_id}.{self.kind}"
