"""Search boxes and choosers of the admin: whatever is typed there, they find or do not find, and never fail."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from portal.setup.groups import EDITORS
from tests.factories.people import make_account
from tests.factories.practices import PracticePageFactory

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
BOXES = ["/admin/documents/", "/admin/images/", "/admin/choose-page/search/", "/admin/images/chooser/results/"]


@pytest.fixture
def editor_client(client):
    editor = make_account("redaktor@example.org", "portal-test-2022", groups=[Group.objects.get(name=EDITORS).name])
    client.force_login(editor, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.mark.parametrize("url", BOXES)
@pytest.mark.parametrize("typed", ['"', "степь\x00", "AND OR (", "  ", "\ud800", "слово " * 600])
def test_boxes_of_the_admin_take_anything(editor_client, url, typed):
    assert editor_client.get(url, {"q": typed.encode("utf-8", "surrogatepass")}).status_code == 200


@pytest.mark.parametrize("name", ["owner", "content_type"])
def test_filters_of_the_admin_take_absurd_numbers(editor_client, name):
    for number in ("9" * 18, "9" * 20, "-" + "9" * 18, "1" * 3000):
        answer = editor_client.get("/admin/pages/3/", {name: number, "p": number})
        assert answer.status_code in {200, 404}, number


def test_words_between_quotes_are_found(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        page = PracticePageFactory(title="Игры в степи")
        page.save_revision().publish()
    for typed in ('"степи', "«игры» (степи)"):
        assert [found.pk for found in get_search_backend().search(typed, Page)] == [page.pk]
    assert list(get_search_backend().autocomplete('"', Page)) == []
