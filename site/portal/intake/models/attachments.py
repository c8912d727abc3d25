"""Files of an application: private until publication copies the allowed ones."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils import timezone

from portal.intake.enums import AttachmentPurpose, ScanState

FOLDER = "intake"


def private_storage() -> Storage:
    """Return the storage outside every web root."""
    return storages["private"]


def stored_name(_attachment: Attachment | None, filename: str) -> str:
    """Return a random name under which the file lies; the name people gave it is a column."""
    suffix = filename.rpartition(".")[2].lower()[:8]
    return f"{FOLDER}/{uuid.uuid4().hex}.{suffix}"


class Attachment(models.Model):
    """Abstract file of an application, served only through a view that asks for rights."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    purpose = models.CharField("куда", max_length=10, choices=AttachmentPurpose, default=AttachmentPurpose.FILE)
    file = models.FileField("файл", storage=private_storage, upload_to=stored_name, max_length=200)
    name = models.CharField("имя файла", max_length=255)
    title = models.CharField("название для коллег", max_length=160, blank=True)
    kind = models.CharField("вид", max_length=60, blank=True)  # slug of the vocabulary of kinds of documents
    alt = models.CharField("что на снимке", max_length=160, blank=True)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField("размер в байтах")
    digest = models.CharField(max_length=64)  # SHA-256
    has_text = models.BooleanField("есть текст", null=True)  # of a PDF; None: not looked at, or not a PDF
    scan = models.CharField("проверка на вирусы", max_length=10, choices=ScanState, default=ScanState.UNCHECKED)
    scanned_at = models.DateTimeField("спрошен антивирус", null=True, blank=True)
    threat = models.CharField("что нашёл антивирус", max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="добавил",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    added_at = models.DateTimeField("добавлено", default=timezone.now)

    class Meta:
        abstract = True
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.title or self.name
