import pytest

from portal.files.names import MAX_NAME, clean_filename

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("План работы на год.docx", "План работы на год.docx"),
        ("Мои\u0306 план.pdf", "Мой план.pdf"),
        ("..\\..\\windows\\План.pdf", "План.pdf"),
        ("../../etc/passwd", "passwd"),
        ("план\u202efdp.exe", "планfdp.exe"),
        ("план\u200b\x00\r\n.pdf", "план .pdf".replace(" ", "")),
        ('отчёт "2022": да?.pdf', "отчёт _2022__ да_.pdf"),
        (".htaccess", "htaccess"),
        ("", "файл"),
        ("///", "файл"),
        (".pdf", "pdf"),
        ("план.", "план"),
        ("  план  .pdf", "план.pdf"),
    ],
)
def test_a_name_is_shown_clean(given, kept):
    assert clean_filename(given) == kept


def test_a_long_name_is_cut_before_its_extension():
    name = clean_filename("я" * 300 + ".docx")
    assert len(name) == MAX_NAME
    assert name.endswith("яяя.docx")


def test_a_long_tail_is_no_extension():
    assert len(clean_filename("а." + "б" * 300)) == MAX_NAME


def test_cleaning_twice_changes_nothing():
    name = clean_filename("х" * 110 + " . . . .. .pdf")
    assert clean_filename(name) == name
