"""Sections are found in memory, and never longer than they are true."""

from __future__ import annotations

import pytest

from portal.core.sections import section_below
from practices.models import PracticeIndexPage
from tests.factories.practices import PracticePageFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def bank():
    return PracticeIndexPage.objects.get()


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_a_section_is_read_once(home, bank, django_assert_num_queries):
    assert section_below(home, "practices") == bank
    with django_assert_num_queries(0):
        assert section_below(home, "practices") == bank


def test_what_a_request_hangs_on_a_section_does_not_reach_the_next(home):
    section_below(home, "practices").title = "Чужое"
    assert section_below(home, "practices").title != "Чужое"


def test_no_section_elsewhere_and_under_no_other_address(home, bank):
    assert section_below(bank, "practices") is None
    assert section_below(home, "no-such-section") is None


def test_a_section_taken_down_answers_nobody_at_once(home, bank, client, committed):
    practice = PracticePageFactory(parent=bank)
    assert client.get("/practices/").status_code == 200
    assert client.get(f"/practices/{practice.slug}/").status_code == 200
    with committed():
        bank.unpublish()
    assert client.get("/practices/").status_code == 404
    assert client.get(f"/practices/{practice.slug}/").status_code == 404


def test_a_page_added_to_a_section_that_had_none_is_found(home, bank, client):
    assert client.get("/practices/").status_code == 200
    practice = PracticePageFactory(parent=bank)
    assert client.get(f"/practices/{practice.slug}/").status_code == 200
