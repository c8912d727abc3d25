"""Uploads in the admin: checked by content, and safe on a full disk."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.documents.forms import get_document_form
from wagtail.images.forms import get_image_form
from wagtail.models import Collection

from portal.files.models import PortalDocument, PortalImage
from tests.files.test_checks import PDF, picture

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def stored(media):
    """Names of everything in the storage."""
    return lambda: sorted(str(path.relative_to(media)) for path in media.rglob("*") if path.is_file())


@pytest.fixture
def full_disk(monkeypatch):
    """A disk on which the second half of a file finds no room."""

    def save(self, name, content):
        Path(self.path(name)).write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    def fill():
        default_storage.path("")  # the storage is made before its class is changed
        monkeypatch.setattr(FileSystemStorage, "_save", save)

    return fill


def upload(name, content):
    return {"file": SimpleUploadedFile(name, content)}


def named(title):
    """What the form sends beside the file."""
    return {"title": title, "collection": Collection.get_first_root_node().pk}


def document_form(file, instance=None):
    return get_document_form(PortalDocument)(named("Положение"), file, instance=instance or PortalDocument())


def image_form(file, instance=None):
    return get_image_form(PortalImage)(named("Снимок"), file, instance=instance or PortalImage())


def test_document_is_stored(stored):
    form = document_form(upload("polozhenie.pdf", PDF))
    assert form.is_valid(), form.errors
    assert stored() == [form.save().file.name]


@pytest.mark.parametrize(("name", "content"), [("polozhenie.pdf", b"MZ program"), ("polozhenie.docx", PDF)])
def test_document_that_is_not_what_it_is_called_is_refused(stored, name, content):
    form = document_form(upload(name, content))
    assert not form.is_valid()
    assert "file" in form.errors
    assert stored() == []


def test_picture_is_stored_written_anew(stored):
    form = image_form(upload("snimok.jpg", picture()))
    assert form.is_valid(), form.errors
    image = form.save()
    assert stored() == [image.file.name]
    assert (image.width, image.height, image.file_size) == (8, 6, image.file.size)


def test_broken_picture_is_refused(stored):
    form = image_form(upload("snimok.jpg", picture()[:100]))
    assert not form.is_valid()
    assert stored() == []


def test_replaced_document_leaves_only_the_new_file(stored, django_capture_on_commit_callbacks):
    old = PortalDocument.objects.create(title="Положение", file=ContentFile(PDF, name="old.pdf"))
    form = document_form(upload("new.pdf", PDF + b"\n"), old)
    assert form.is_valid(), form.errors
    with django_capture_on_commit_callbacks(execute=True):
        replaced = form.save()
        assert len(stored()) == 2  # until the commit both are there
    assert stored() == [replaced.file.name]


def test_full_disk_on_replace_keeps_the_old_document(stored, full_disk):
    old = PortalDocument.objects.create(title="Положение", file=ContentFile(PDF, name="old.pdf"))
    full_disk()
    form = document_form(upload("new.pdf", PDF), old)
    assert not form.is_valid()
    assert "Прежний файл на месте" in form.errors["file"][0]
    kept = PortalDocument.objects.get(pk=old.pk)
    assert stored() == [kept.file.name]
    assert kept.file.read() == PDF


@pytest.mark.parametrize("make", [document_form, image_form])
def test_full_disk_on_upload_is_a_sentence_and_leaves_nothing(stored, full_disk, media, make):
    (media / "documents").mkdir(parents=True)
    full_disk()
    form = make(upload("new.pdf", PDF) if make is document_form else upload("new.jpg", picture()))
    assert not form.is_valid()
    assert "номер события" in form.errors["file"][0]
    assert stored() == []


def test_two_files_of_one_name_both_stay(stored):
    names = {default_storage.save("documents/a.pdf", ContentFile(bytes([number]))) for number in range(3)}
    assert stored() == sorted(names)
    assert len(names) == 3
