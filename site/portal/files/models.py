"""Images and documents of the media library."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.functional import cached_property
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from portal.core.models import Demonstrable
from portal.files.fields import ReencodedImageField
from portal.files.names import kind_of


class PortalImage(Demonstrable, AbstractImage):
    """A picture; its file is decoded and written anew on upload, so no place, device or author stays inside."""

    file = ReencodedImageField(verbose_name="файл", upload_to="", width_field="width", height_field="height")
    credit = models.CharField("источник или автор снимка", max_length=200, blank=True)

    admin_form_fields = (*Image.admin_form_fields, "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = "изображение"
        verbose_name_plural = "изображения"

    def get_upload_to(self, filename: str) -> str:
        """Originals lie under a name nobody can guess and are never served to the public."""
        return f"originals/{uuid.uuid4().hex}/{filename}"


class PortalRendition(AbstractRendition):
    """A picture scaled for a page; its path names the image, so that serving can ask whether it is public."""

    image = models.ForeignKey(PortalImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)

    def get_upload_to(self, filename: str) -> str:
        return f"renditions/{self.image_id}/{filename}"


class PortalDocument(Demonstrable, AbstractDocument):
    """A file to download; public while a public page refers to it."""

    scan_only = models.BooleanField(
        "скан без текста",
        null=True,
        editable=False,
        db_index=True,
        help_text="Портал смотрит сам: в таком PDF только картинки, по словам его не найти. Пусто — ещё не смотрел.",
    )
    looked_hash = models.CharField(max_length=40, blank=True, editable=False)  # of the file that was looked at

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = "документ"
        verbose_name_plural = "документы"

    def clean(self) -> None:
        """Check the type by its name; where the form has refused the file there is nothing to say about its name."""
        if self.file:
            super().clean()

    @cached_property
    def kind(self) -> str:
        """The type in capitals, as people call it: PDF, DOCX."""
        return kind_of(self.filename)
