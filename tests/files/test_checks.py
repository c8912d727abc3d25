import io
import struct
import subprocess
import sys
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageFile

from portal.core.archives import DOCX_MAIN, PPTX_MAIN, XLSX_MAIN
from portal.files.checks import DocumentKind, ImageKind, check_document, check_image
from tests.core.hostile import MACRO_MAIN, OLE2, named, package, password_protected, zipped

pytestmark = pytest.mark.unit

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n"
ODT_TYPE = b"application/vnd.oasis.opendocument.text"


def odt(media_type=ODT_TYPE, manifest="<manifest/>", extra=()):
    entries = [("mimetype", media_type), ("content.xml", "<a/>"), ("META-INF/manifest.xml", manifest), *extra]
    return zipped(entries)


def picture(written="JPEG", size=(8, 6), **options):
    file = io.BytesIO()
    Image.new("RGB", size, "teal").save(file, written, **options)
    return file.getvalue()


def heic(size=(64, 48)):
    import pillow_heif

    pillow_heif.register_heif_opener()
    return picture("HEIF", size)


def declared_jpeg(width, height):
    """A real small JPEG whose frame header declares another size."""
    content = bytearray(picture())
    at = content.index(b"\xff\xc0") + 5
    struct.pack_into(">2H", content, at, height, width)
    return bytes(content)


def declared_png(width, height):
    header = struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + b"IHDR" + header + struct.pack(">I", zlib.crc32(b"IHDR" + header))
    return b"\x89PNG\r\n\x1a\n" + chunk + picture("PNG")[33:]


def refusal(content, name, check=check_document, **limits):
    with pytest.raises(ValidationError) as caught:
        check(named(content, name), **limits)
    [message] = caught.value.messages
    assert message.startswith(f"„{name}“: ")
    assert message.endswith(".")
    return caught.value.code, message


@pytest.fixture
def no_decoding(monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("decoded")

    monkeypatch.setattr(ImageFile.ImageFile, "load", refuse)
    monkeypatch.setattr(Image, "open", refuse)


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (PDF, "План.pdf", DocumentKind.PDF),
        (PDF + b"\0" * 500, "ПЛАН.PDF", DocumentKind.PDF),
        (package(DOCX_MAIN), "План.docx", DocumentKind.DOCX),
        (package(XLSX_MAIN, "xl/workbook.xml"), "Смета.xlsx", DocumentKind.XLSX),
        (package(PPTX_MAIN, "ppt/presentation.xml"), "Доклад.pptx", DocumentKind.PPTX),
        (odt(), "План.odt", DocumentKind.ODT),
        (picture(), "Скан.jpeg", DocumentKind.JPEG),
        (picture("PNG"), "Скан.png", DocumentKind.PNG),
        (picture("WEBP"), "Скан.webp", DocumentKind.WEBP),
    ],
)
def test_accepted_documents_are_known_by_their_structure(content, name, kind):
    file = SimpleUploadedFile(name, content)
    assert check_document(file) is kind
    assert file.read() == content


def test_real_libraries_write_documents_that_pass():
    import docx
    import openpyxl

    for name, write in (("a.docx", docx.Document().save), ("a.xlsx", openpyxl.Workbook().save)):
        file = io.BytesIO()
        write(file)
        assert check_document(named(file.getvalue(), name)).extensions == (name[2:],)


def test_the_message_names_the_file_and_the_cure():
    assert refusal(b"x", "План.pages") == ("type", "„План.pages“: такой тип не принимаем. Сохраните как PDF или DOCX.")
    assert refusal(b"x", "Смета.xls")[1].endswith("Сохраните как XLSX.")
    assert refusal(b"x", "фото.HEIC")[1].endswith("Сохраните как JPG или PNG.")
    assert refusal(b"x", "без расширения")[0] == "type"


@pytest.mark.parametrize(
    ("content", "name", "inside"),
    [
        (b"MZ\x90\x00" + b"\0" * 60, "План.pdf", "программа Windows"),
        (b"MZ\x90\x00" + package(), "План.docx", "программа Windows"),
        (package(DOCX_MAIN), "План.xlsx", "DOCX"),
        (PDF, "План.docx", "PDF"),
        (b"<html><script>", "План.pdf", "веб-страница"),
        (OLE2 + b"\0" * 600, "План.docx", "старого Office"),
        (b"{\\rtf1", "План.docx", "RTF"),
        (zipped([("a.exe", "MZ")]), "План.docx", "архив ZIP"),
        (picture("PNG"), "Скан.jpg", "PNG"),
        (picture("GIF"), "Скан.png", "GIF"),
        (odt(b"application/vnd.oasis.opendocument.spreadsheet"), "План.odt", "OpenDocument"),
        (package(DOCX_MAIN.replace("document.main", "template.main")), "План.docx", "шаблон"),
        ("просто текст".encode(), "План.pdf", "что-то другое"),
    ],
)
def test_a_renamed_file_is_told_what_it_holds(content, name, inside):
    code, message = refusal(content, name)
    assert code == "content"
    assert inside in message


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "План.pdf", "empty"),
        (PDF[:-20], "План.pdf", "broken"),
        (b"%PDF-x.y" + PDF[8:], "План.pdf", "broken"),
        (b"\n" + PDF, "План.pdf", "content"),
        (package()[:-40], "План.docx", "broken"),
        (package(MACRO_MAIN), "План.docx", "macros"),
        (package(extra=[("word/vbaProject.bin", "x")]), "План.docx", "macros"),
        (password_protected(), "План.docx", "encrypted"),
        (odt(manifest='<m><manifest:encryption-data xmlns:manifest="m"/></m>'), "План.odt", "encrypted"),
        (odt(extra=[("Basic/Standard/script-lb.xml", "<x/>")]), "План.odt", "macros"),
        (zipped([("mimetype", ODT_TYPE)]), "План.odt", "broken"),
        (package(extra=[("../../etc/cron.d/x", "x")]), "План.docx", "names"),
        (package(extra=[("word/media/a.bmp", b"\0" * 12_000_000)]), "План.docx", "bomb"),
        (declared_jpeg(11_000, 8_000), "Скан.jpg", "pixels"),
        (picture()[:20], "Скан.jpg", "broken"),
    ],
)
def test_dangerous_and_broken_documents_are_refused(content, name, code):
    assert refusal(content, name)[0] == code


def test_size_is_a_setting_said_in_words():
    assert refusal(PDF + b" " * 2_000_000, "План.pdf", max_bytes=1024 * 1024)[1] == (
        "„План.pdf“: больше 1 МБ. Уменьшите файл или разделите его."
    )


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (picture(), ImageKind.JPEG),
        (picture(progressive=True), ImageKind.JPEG),
        (picture("PNG"), ImageKind.PNG),
        (picture("WEBP"), ImageKind.WEBP),
        (picture("WEBP", lossless=True), ImageKind.WEBP),
        (picture("WEBP", exif=b"Exif\0\0MM\0*\0\0\0\x08\0\0"), ImageKind.WEBP),
        (heic(), ImageKind.HEIC),
    ],
)
def test_pictures_are_known_by_content_whatever_their_name(content, kind, no_decoding):
    file = named(content, "фото.jpg")
    assert check_image(file) is kind
    assert file.tell() == 0


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (declared_jpeg(11_000, 8_000), "11000 × 8000"),
        (declared_png(30_000, 30_000), "30000 × 30000"),
        (b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + b"\xff\x3f\0" * 2, "16384 × 16384"),
    ],
)
def test_a_giant_picture_is_refused_without_decoding(content, size, no_decoding):
    code, message = refusal(content, "фото.jpg", check_image)
    assert code == "pixels"
    assert size in message
    assert "до 25 млн" in message


def test_the_limit_of_pixels_is_exact():
    assert check_image(named(declared_jpeg(5_000, 5_000), "a.jpg")) is ImageKind.JPEG
    assert refusal(declared_jpeg(5_001, 5_000), "a.jpg", check_image)[0] == "pixels"
    assert refusal(heic(), "a.heic", check_image, max_pixels=64 * 48 - 1)[0] == "pixels"


def test_a_second_frame_header_hides_nothing():
    small = declared_jpeg(8, 6)
    at = small.index(b"\xff\xc0")
    giant = declared_jpeg(11_000, 8_000)[at : at + 19]
    assert refusal(small[:at] + giant + small[at:], "a.jpg", check_image)[0] == "pixels"
    assert refusal(small[: at + 19] + giant + small[at + 19 :], "a.jpg", check_image)[0] == "pixels"


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "фото.jpg", "empty"),
        (picture("GIF"), "фото.gif", "type"),
        (picture("BMP"), "фото.bmp", "type"),
        (picture("AVIF"), "фото.heic", "type"),
        (b"MZ\x90\x00", "фото.jpg", "type"),
        (b"<svg onload='x()'/>", "фото.jpg", "type"),
        (PDF, "фото.png", "type"),
        (picture()[:12], "фото.jpg", "broken"),
        (b"\x89PNG\r\n\x1a\n", "фото.png", "broken"),
        (declared_png(0, 5), "фото.png", "broken"),
        (heic()[:40], "фото.heic", "broken"),
    ],
)
def test_what_is_no_accepted_picture_is_refused(content, name, code):
    assert refusal(content, name, check_image)[0] == code


def test_the_gif_refusal_says_so():
    assert (
        refusal(picture("GIF"), "котик.gif", check_image)[1]
        == "„котик.gif“: GIF не принимаем. Сохраните как JPG или PNG."
    )


def test_pictures_have_a_size_limit():
    assert refusal(picture(size=(400, 400), quality=95), "фото.jpg", check_image, max_bytes=1000)[0] == "size"


def test_checking_loads_no_decoder():
    code = "import sys, portal.files.checks, portal.files.reencode; sys.exit('PIL' in sys.modules)"
    env = {"PYTHONPATH": ":".join(part for part in sys.path if part)}
    assert subprocess.run([sys.executable, "-c", code], env=env, check=False).returncode == 0
