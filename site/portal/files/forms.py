"""Forms of the media library: files are checked by content; a full disk costs neither the old file nor a 500."""

from __future__ import annotations

import logging
import secrets
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from portal.files.checks import check_document, check_image

logger = logging.getLogger("portal.files")


class StoresFileInTime:
    """Writes the uploaded file while the form is being checked, so that a failure is an error of the field."""

    instance: Any
    errors: Any
    changed_data: list[str]

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if "file" not in self.fields or "file" not in self.changed_data or self.errors:  # type: ignore[attr-defined]
            return
        field: models.FileField = self.instance._meta.get_field("file")
        try:
            field.pre_save(self.instance, add=self.instance.pk is None)
        except ValidationError as error:
            self.add_error("file", error)  # type: ignore[attr-defined]
        except OSError:
            event = secrets.token_hex(4)
            logger.exception("event %s: a file could not be stored", event)
            self.add_error(  # type: ignore[attr-defined]
                "file",
                "Файл не сохранён: на сервере кончилось место или хранилище не отвечает. Прежний файл на месте. "
                f"Попробуйте позже или сообщите администратору номер события {event}.",
            )


class CheckedImageField(WagtailImageField):
    """Wagtail's field of a picture that looks at the content first: Wagtail opens it, and a broken one raises there."""

    def to_python(self, data: Any) -> Any:
        if isinstance(data, UploadedFile):
            check_image(data)
        try:
            return super().to_python(data)
        except (OSError, SyntaxError, ValueError) as error:  # what decoders raise on files cut short
            raise ValidationError("Изображение повреждено. Сохраните его заново.", code="broken") from error


class PortalImageForm(StoresFileInTime, BaseImageForm):
    """Checks a picture before it is decoded."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if plain := self.fields.get("file"):
            self.fields["file"] = CheckedImageField(
                label=plain.label, required=plain.required, help_text=plain.help_text, widget=plain.widget
            )


class PortalDocumentForm(StoresFileInTime, BaseDocumentForm):
    """Checks a document by its structure; the file it replaces is deleted only after the new one is committed."""

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            check_document(file)
        return file

    original_file: Any

    def save(self, commit: bool = True) -> Any:
        replaced = self.original_file if commit and "file" in self.changed_data else None
        self.original_file = None  # Wagtail would delete it before the new row is written
        saved = super().save(commit=commit)
        if replaced and replaced.name != saved.file.name:
            transaction.on_commit(lambda: replaced.storage.delete(replaced.name))
        return saved
