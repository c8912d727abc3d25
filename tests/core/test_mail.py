"""Letters as files: readable, whole, in the order of sending."""

from __future__ import annotations

import pytest
from django.core.mail import EmailMessage, get_connection

pytestmark = pytest.mark.unit


@pytest.fixture
def folder(tmp_path, settings):
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    return tmp_path / "mail"


def send(**kwargs):
    connection = get_connection("portal.core.mail.FileBackend")
    fields = {
        "subject": "Новый пароль",
        "body": "Здравствуйте!\n\nhttps://example.org/x\n",
        "to": ["a.b+c@example.org"],
    }
    return EmailMessage(**{**fields, **kwargs}, from_email="portal@example.org", connection=connection).send()


def test_letter_is_a_readable_file_with_the_link_on_its_own_line(folder):
    assert send(reply_to=["office@example.org"]) == 1
    [file] = folder.iterdir()
    lines = file.read_text(encoding="utf-8").splitlines()
    assert lines[:4] == [
        "От: portal@example.org",
        "Кому: a.b+c@example.org",
        "Ответить: office@example.org",
        "Тема: Новый пароль",
    ]
    assert "https://example.org/x" in lines
    assert file.name.endswith("-a.b+c@example.org-novyy-parol.txt")


def test_hostile_recipient_and_subject_stay_inside_the_folder(folder):
    send(to=["../../x@example.org"], subject="../../etc/passwd")
    [file] = folder.iterdir()
    assert file.parent == folder
    assert file.suffix == ".txt"


def test_two_letters_at_once_are_two_files_and_no_half_is_left(folder):
    send()
    send()
    assert sorted(file.suffix for file in folder.iterdir()) == [".txt", ".txt"]
