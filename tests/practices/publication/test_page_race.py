"""Two clicks on «Создать страницу» in the same instant: one page, one set of files."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, connections

from portal.files.models import PortalImage
from practices.domain import publication
from practices.models import PracticePage, PracticeSubmission
from tests.practices.publication.conftest import make_accepted
from tests.practices.submission.conftest import make_people

pytestmark = [
    pytest.mark.integration,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite writes one after another"),
]


def test_one_page_is_made_and_both_clicks_open_it(media):
    people = make_people()
    submission = make_accepted(people)
    start, made = threading.Barrier(2), []

    def press():
        start.wait()
        try:
            mine = PracticeSubmission.objects.get(pk=submission.pk)
            made.append(publication.make_page(mine, actor=people.editor).pk)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(made) == 2
    assert len(set(made)) == 1
    assert PracticePage.objects.count() == 1
    assert PortalImage.objects.count() == 2
