from __future__ import annotations

import pytest
from django.db import transaction
from wagtail.models import Page

from portal.accounts.models import User
from portal.demo import practices, publishing, storage
from portal.demo.load import NotReadyError, load_demo
from portal.demo.models import DemoLoad
from portal.files.models import PortalDocument, PortalImage
from portal.news.models import NewsPage
from portal.organisations.models import Organisation
from practices.models import CollectionPage, PracticePage
from tests.demo.conftest import TINY, cut_short, files_in, media_settings

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


class Killed(BaseException):
    """What no handler of errors catches, as a kill."""


def kill_at(monkeypatch, target, name, call):
    """Let the `call`-th call of a function be the last thing that this run does."""
    real, calls = getattr(target, name), []

    def dying(*args, **kwargs):
        calls.append(1)
        if len(calls) == call:
            raise Killed
        return real(*args, **kwargs)

    monkeypatch.setattr(target, name, dying)


def picture_of_rows():
    return {
        "users": User.objects.filter(is_demo=True).count(),
        "organisations": Organisation.objects.filter(is_demo=True).count(),
        "practices": sorted(PracticePage.objects.values_list("slug", flat=True)),
        "news": sorted(NewsPage.objects.values_list("slug", flat=True)),
        "collections": sorted(CollectionPage.objects.values_list("slug", flat=True)),
        "images": sorted(PortalImage.objects.filter(is_demo=True).values_list("file", flat=True)),
        "documents": sorted(PortalDocument.objects.filter(is_demo=True).values_list("file", flat=True)),
        "keys": sorted(DemoLoad.objects.values_list("key", flat=True)),
    }


@pytest.fixture(scope="module")
def whole(django_db_setup, django_db_blocker, tmp_path_factory):
    """What one undisturbed run makes, found out once."""
    folder = tmp_path_factory.mktemp("whole")
    with media_settings(folder), django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        cut_short(patch)
        with transaction.atomic():
            list(load_demo(cover_width=TINY))
            rows, files = picture_of_rows(), files_in(folder)
            transaction.set_rollback(True)
    return rows, files


POINTS = [
    (User, "save", 5),
    (Organisation, "save", 2),
    (publishing, "insert_or_update_object", 2),
    (practices.papers, "render", 4),
    (storage, "_write", 3),
    (storage, "_write", 11),
    (DemoLoad.objects, "create", 24),
    (DemoLoad.objects, "create", 30),
]


@pytest.mark.parametrize(("target", "name", "call"), POINTS, ids=lambda value: getattr(value, "__name__", str(value)))
def test_the_next_run_finishes_without_doubles(whole, db, media, few, target, name, call):
    with pytest.MonkeyPatch.context() as patch:
        kill_at(patch, target, name, call)
        with pytest.raises(Killed):
            list(load_demo(cover_width=TINY))
    list(load_demo(cover_width=TINY))
    rows, files = whole
    assert picture_of_rows() == rows
    assert files_in(media) == files, "files of a killed piece are found again, not doubled"
    assert Page.find_problems() == ([], [], [], [], [])


def test_without_sections_the_loader_says_what_to_do(db, media):
    from portal.news.models import NewsIndexPage

    NewsIndexPage.objects.get().delete()
    with pytest.raises(NotReadyError, match="setup_portal"):
        list(load_demo(cover_width=TINY))
    assert not User.objects.filter(is_demo=True).exists()
