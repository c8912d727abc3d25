"""Files of the demonstration: names that a repeated run finds again, files really gone after removal."""

from __future__ import annotations

import contextlib
import hashlib
import posixpath
import uuid
from collections.abc import Iterable

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.crypto import salted_hmac

from portal.files.models import PortalDocument, PortalImage

_SALT = "portal.demo.storage"


def place(folder: str, key: str, filename: str) -> str:
    """Return where the file of one piece lies: nobody can guess it, the loader can compute it again.

    So a file written before a kill is found by the next run and by the removal although no row tells of it.
    """
    return f"{folder}/{salted_hmac(_SALT, key).hexdigest()[:32]}/{filename}"


def store_image(key: str, *, title: str, alt: str, jpeg: bytes, size: tuple[int, int]) -> PortalImage:
    """Return a new image row for a drawing; `jpeg` comes from our own pen, so it is stored without decoding it anew."""
    name = _write(image_place(key), jpeg, PortalImage.objects.filter(file=image_place(key)).exists())
    image = PortalImage(
        title=title,
        description=alt,
        file=name,
        width=size[0],
        height=size[1],
        file_size=len(jpeg),
        file_hash=_sha1(jpeg),
        credit="Рисунок загрузчика демонстрации",
        is_demo=True,
    )
    image.save()
    return image


def store_document(key: str, *, title: str, data: bytes, filename: str) -> PortalDocument:
    """Return a new document row with its file."""
    name = document_place(key, filename)
    name = _write(name, data, PortalDocument.objects.filter(file=name).exists())
    document = PortalDocument(title=title, file=name, file_size=len(data), file_hash=_sha1(data), is_demo=True)
    document.save()
    return document


def image_place(key: str) -> str:
    """Return where the drawing `key` lies."""
    return place("originals", key, "cover.jpg")


def document_place(key: str, filename: str) -> str:
    """Return where the file `key` lies."""
    return place("documents", key, filename)


def delete_files(names: Iterable[str]) -> int:
    """Delete files and the folders they leave empty; return how many files there were."""
    gone = 0
    for name in names:
        if default_storage.exists(name):
            default_storage.delete(name)
            gone += 1
        with contextlib.suppress(OSError, NotImplementedError):  # others' files in the folder; a store without folders
            default_storage.delete(posixpath.dirname(name))
    return gone


def _write(name: str, data: bytes, taken: bool) -> str:
    if taken:  # people kept the file of an earlier demonstration
        name = posixpath.join(posixpath.dirname(name), uuid.uuid4().hex, posixpath.basename(name))
    elif default_storage.exists(name):
        default_storage.delete(name)
    return default_storage.save(name, ContentFile(data))


def _sha1(data: bytes) -> str:
    return hashlib.sha1(data, usedforsecurity=False).hexdigest()
