"""A former address leads to the page where it stands now, unless visitors may not see it there."""

from __future__ import annotations

import pytest
from wagtail.contrib.redirects.models import Redirect

from tests.factories.siblings import free_page

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def moved(home, django_capture_on_commit_callbacks):
    """A page that was moved from one section to another."""
    before, after = free_page(home, "Прежний раздел", slug="before"), free_page(home, "Новый раздел", slug="after")
    page = free_page(before, "Памятка", slug="pamyatka")
    with django_capture_on_commit_callbacks(execute=True):
        page.move(after, pos="last-child")
    return page, after


def test_moved_page_is_found_by_its_former_address(client, moved):
    answer = client.get("/before/pamyatka/", {"from": "letter"})
    assert answer.status_code == 301
    assert answer.headers["Location"].endswith("/after/pamyatka/")


def test_address_below_a_closed_section_is_not_told(client, moved, django_capture_on_commit_callbacks):
    _page, section = moved
    with django_capture_on_commit_callbacks(execute=True):
        section.unpublish()
    answer = client.get("/before/pamyatka/")
    assert answer.status_code == 404
    assert "after" not in answer.headers.get("Location", "")


def test_redirect_to_an_address_written_by_hand_works_as_before(client):
    Redirect.objects.create(old_path="/old", redirect_link="/news/", is_permanent=False)
    answer = client.get("/old/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/news/")
