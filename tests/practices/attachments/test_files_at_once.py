"""Uploads at the same instant: the last place is taken once, on either database."""

from __future__ import annotations

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connections

from practices.domain import attachments
from practices.models import PracticeSubmission, SubmissionFile
from tests.intake.samples import PDF, upload

pytestmark = [pytest.mark.integration, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("private")]


def test_the_last_place_of_ten_is_taken_by_one_of_four(draft, author):
    for number in range(9):
        attachments.attach(draft, upload(PDF + b" " * number, f"{number}.pdf"), actor=author)
    refused, start = [], threading.Barrier(4)

    def send(number):
        own = PracticeSubmission.objects.get(pk=draft.pk)
        start.wait()
        try:
            attachments.attach(own, upload(PDF + b"%" * number, f"at-once-{number}.pdf"), actor=author)
        except ValidationError as error:
            refused.append(error.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send, args=(number + 1,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert refused == ["count"] * 3
    assert SubmissionFile.objects.count() == 10
    storage = SubmissionFile._meta.get_field("file").storage
    assert len(storage.listdir("intake")[1]) == 10
