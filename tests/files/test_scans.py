"""The worker tells scans without text among the uploaded PDF."""

import io

import docx
import pytest
from django.core.files.base import ContentFile
from PIL import Image

from portal.demo import papers
from portal.files.models import PortalDocument
from portal.files.scans import look_for_scans

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def pdf_with_text():
    return papers.render(papers.Paper("Положение", "Источник", ("Строка текста, которую можно найти.",)), "pdf")


def scanned_pdf():
    picture = io.BytesIO()
    Image.new("RGB", (600, 800), "white").save(picture, "PDF")
    return picture.getvalue()


def office_file():
    target = io.BytesIO()
    docx.Document().save(target)
    return target.getvalue()


def upload(name, data, **values):
    row = PortalDocument(title=name, file_size=len(data), **values)
    row.file.save(name, ContentFile(data), save=True)
    return row


def found(row):
    row.refresh_from_db()
    return row.scan_only


def test_scan_is_told_from_a_text_and_each_file_is_looked_at_once(media):
    text, scan = upload("text.pdf", pdf_with_text()), upload("scan.PDF", scanned_pdf())
    table, broken = upload("table.docx", office_file()), upload("broken.pdf", b"%PDF-1.7 nothing")
    assert look_for_scans() == 4
    assert [found(row) for row in (text, scan, table, broken)] == [False, True, False, False]
    assert look_for_scans() == 0


def test_a_replaced_file_is_looked_at_again(media):
    row = upload("scan.pdf", scanned_pdf(), file_hash="1" * 40)
    look_for_scans()
    row.refresh_from_db()
    row.file.save("text.pdf", ContentFile(pdf_with_text()), save=False)
    row.file_hash = "2" * 40
    row.save()
    assert look_for_scans() == 1
    assert found(row) is False


def test_a_lost_file_does_not_stop_the_others(media):
    lost, scan = upload("lost.pdf", scanned_pdf()), upload("scan.pdf", scanned_pdf())
    lost.file.storage.delete(lost.file.name)
    look_for_scans()
    assert [found(lost), found(scan)] == [False, True]
