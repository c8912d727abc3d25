"""Fields of the media library."""

from __future__ import annotations

import hashlib
from pathlib import PurePath
from typing import Any

from django.db import models
from django.utils.text import slugify
from wagtail.images.models import WagtailImageField

from portal.files.reencode import reencode_image


def upload_path(instance: Any, filename: str) -> str:
    """Return where the file of an image lies: the model decides."""
    return instance.get_upload_to(filename)


class ReencodedImageField(WagtailImageField):
    """An image whose file is decoded and written anew before storage, whoever uploads it and however.

    What the camera wrote beside the picture (place, device, time, author) is gone; the original is not kept.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["upload_to"] = upload_path
        super().__init__(*args, **kwargs)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        file = getattr(model_instance, self.attname)
        if file and not file._committed:
            clean = reencode_image(file.file)
            stem = slugify(PurePath(file.name).stem)[:40] or "image"
            file.save(stem + PurePath(clean.name or "x.jpg").suffix, clean, save=False)
            clean.seek(0)
            model_instance.file_hash = hashlib.sha1(clean.read(), usedforsecurity=False).hexdigest()  # type: ignore[attr-defined]
            model_instance.file_size = clean.size  # type: ignore[attr-defined]
        return super().pre_save(model_instance, add)
