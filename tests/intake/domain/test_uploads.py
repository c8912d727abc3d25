"""What a place of an application takes; hostile files are refused by a sentence that names the file and the cure."""

from __future__ import annotations

import io
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from portal.core.archives import MEGABYTE
from portal.intake.domain.uploads import DRAFT_BYTES, check_room, prepare
from tests.core.hostile import MACRO_MAIN, OLE2, package, password_protected, zipped
from tests.files.test_checks import declared_jpeg, declared_png
from tests.intake.samples import GPS_TAG, PDF, picture, upload, with_place

pytestmark = pytest.mark.unit

SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
HTML = b"<!doctype html><script>alert(1)</script>"
GIFAR = b"GIF89a" + b"\0" * 40 + zipped([("a.class", b"x")])

HOSTILE = {
    "программа под видом PDF": (b"MZ\x90\x00" + b"\0" * 60, "План.pdf", "content"),
    "страница под видом PDF": (HTML, "План.pdf", "content"),
    "страница под видом снимка": (HTML, "Снимок.jpg", "content"),
    "страница своим именем": (HTML, "План.html", "type"),
    "рисунок SVG": (SVG, "Схема.svg", "type"),
    "рисунок SVG под видом PNG": (SVG, "Схема.png", "content"),
    "GIF с архивом внутри": (GIFAR, "Снимок.gif", "type"),
    "GIF с архивом под видом JPG": (GIFAR, "Снимок.jpg", "content"),
    "PDF после мусора": (b"\n" + PDF, "План.pdf", "content"),
    "PDF с программой впереди": (b"MZ" + PDF, "План.pdf", "content"),
    "архив после программы": (b"MZ\x90\x00" + package(), "План.docx", "content"),
    "документ с хвостом": (package() + b"<script>", "План.docx", "broken"),
    "архив вместо документа": (zipped([("a.exe", "MZ")]), "План.docx", "content"),
    "архив своим именем": (zipped([("a.exe", "MZ")]), "Файлы.zip", "type"),
    "документ с макросами": (package(MACRO_MAIN), "План.docx", "macros"),
    "документ с вложенными макросами": (package(extra=[("word/vbaProject.bin", "x")]), "План.docx", "macros"),
    "документ с макросами своим именем": (package(MACRO_MAIN), "План.docm", "type"),
    "документ под паролем": (password_protected(), "План.docx", "encrypted"),
    "старый Office": (OLE2 + b"\0" * 600, "План.doc", "type"),
    "пути наружу": (package(extra=[("../../etc/cron.d/x", "x")]), "План.docx", "names"),
    "бомба": (package(extra=[("word/media/a.bmp", b"\0" * 12_000_000)]), "План.docx", "bomb"),
    "много файлов": (package(extra=[(f"word/{n}.xml", "") for n in range(2_100)]), "План.docx", "bomb"),
    "огромный снимок": (declared_jpeg(10_000, 10_000), "Снимок.jpg", "pixels"),
    "огромный снимок PNG": (declared_png(10_000, 10_000), "Снимок.png", "pixels"),
    "пустой": (b"", "План.pdf", "empty"),
    "пустой снимок": (b"", "Снимок.jpg", "empty"),
    "оборванный PDF": (PDF[:-20], "План.pdf", "broken"),
    "оборванный снимок": (picture()[:3000], "Снимок.jpg", "broken"),
    "оборванный документ": (package()[:-40], "План.docx", "broken"),
    "текст": ("просто текст".encode(), "План.txt", "type"),
    "без расширения": (PDF, "План", "type"),
    "двойное расширение": (PDF, "План.pdf.exe", "type"),
    "страницы": (b"x", "План.pages", "type"),
}


def refused(content, name, purpose="file"):
    with pytest.raises(ValidationError) as caught:
        prepare(upload(content, name), purpose)
    [message] = caught.value.messages
    return caught.value.code, message


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_refused_by_its_name_and_with_the_cure(case):
    content, name, code = HOSTILE[case]
    found, message = refused(content, name)
    assert found == code
    assert message.startswith(f"„{name}“: ")
    assert message.endswith(".")
    assert len(message.split(". ")) > 1 or ":" in message[len(name) + 4 :]


@pytest.mark.parametrize("case", HOSTILE)
@pytest.mark.parametrize("purpose", ["cover", "photo"])
def test_a_place_of_pictures_takes_nothing_of_it_either(case, purpose):
    content, name, _code = HOSTILE[case]
    assert refused(content, name, purpose)[1].startswith(f"„{name}“: ")


def test_a_document_is_kept_as_it_is():
    prepared = prepare(upload(), "file")
    assert (prepared.name, prepared.media_type, prepared.size) == ("План.pdf", "application/pdf", len(PDF))
    assert prepared.content.read() == PDF


def test_a_long_cyrillic_name_survives_and_a_path_does_not():
    long = "Конспект занятия й и ё " + "очень " * 20 + ".pdf"
    assert prepare(upload(name=long), "file").name.endswith(".pdf")
    assert len(prepare(upload(name=long), "file").name) <= 120
    assert prepare(upload(name="Й.pdf"), "file").name == "Й.pdf"
    assert prepare(upload(name="..\\..\\etc\\План\u202efdp.pdf"), "file").name == "Планfdp.pdf"


@pytest.mark.parametrize("purpose", ["file", "photo", "cover"])
def test_a_picture_loses_the_place_where_it_was_taken(purpose):
    prepared = prepare(upload(with_place(), "Снимок.jpg"), purpose)
    image = Image.open(io.BytesIO(prepared.content.read()))
    assert dict(image.getexif()) == {}
    assert image.getexif().get_ifd(GPS_TAG) == {}
    assert prepared.media_type == "image/jpeg"


def test_what_is_hidden_behind_a_picture_is_gone():
    prepared = prepare(upload(picture() + HTML + zipped([("a.exe", "MZ")]), "Снимок.jpg"), "photo")
    stored = prepared.content.read()
    assert b"<script" not in stored
    assert b"PK\x03\x04" not in stored


@pytest.mark.parametrize("purpose", ["file", "photo", "cover"])
def test_heic_of_a_telephone_becomes_jpg(purpose):
    prepared = prepare(upload(picture("HEIF"), "IMG_0001.HEIC"), purpose)
    assert (prepared.name, prepared.media_type) == ("IMG_0001.jpg", "image/jpeg")


def test_heic_misnamed_by_the_telephone_is_taken_too():
    assert prepare(upload(picture("HEIF"), "IMG_0001.jpg"), "photo").media_type == "image/jpeg"


def test_a_narrow_cover_is_refused_and_a_wide_one_taken():
    code, message = refused(picture(size=(1199, 900)), "Полка.jpg", "cover")
    assert (code, "1199" in message, "1200" in message) == ("width", True, True)
    assert prepare(upload(picture(size=(1200, 900)), "Полка.jpg"), "cover").name == "Полка.jpg"


def test_width_is_what_the_eye_sees():
    assert refused(with_place(size=(1600, 900), orientation=6), "Полка.jpg", "cover")[0] == "width"
    assert prepare(upload(with_place(size=(900, 1600), orientation=6), "Полка.jpg"), "cover")


def test_a_large_cover_is_refused_in_megabytes():
    content = picture() + b"\0" * (8 * MEGABYTE)
    code, message = refused(content, "Полка.jpg", "cover")
    assert (code, "8 МБ" in message) == ("size", True)


def held(size, purpose="file", count=1):
    return [SimpleNamespace(size=size, purpose=purpose)] * count


def test_an_eleventh_file_and_the_sixty_first_megabyte_have_no_room():
    for files, code in [(held(1, count=10), "count"), (held(20 * MEGABYTE, count=3), "total")]:
        with pytest.raises(ValidationError) as caught:
            check_room(files, "file", 1, "План.pdf")
        assert caught.value.code == code
        assert caught.value.messages[0].startswith("„План.pdf“: ")
    check_room(held(DRAFT_BYTES - 5), "file", 5, "План.pdf")


def test_a_new_cover_is_measured_without_the_old_one():
    check_room([*held(DRAFT_BYTES - 5), *held(5, "cover")], "cover", 5, "Полка.jpg")
