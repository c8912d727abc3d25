"""One load of the demonstration for a whole module of tests; each test works in a savepoint over it."""

from __future__ import annotations

import shutil

import pytest
from django.db import transaction
from django.test import override_settings

from portal.demo.load import load_demo

TINY = 64  # pixels: the tests look at rows and files, not at drawings


def media_settings(folder):
    from django.conf import settings

    store = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(folder)}}
    return override_settings(MEDIA_ROOT=str(folder), STORAGES={**settings.STORAGES, "default": store})


def files_in(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def db(request):
    """pytest-django's database of one test; tests over the loaded demonstration share the module's instead.

    They ask for `db` all the same: by that name pytest-django sees that the test database has to be made.
    """
    if "loaded" not in request.fixturenames:
        request.getfixturevalue("_django_db_helper")


@pytest.fixture(scope="module")
def _loaded(django_db_setup, django_db_blocker, tmp_path_factory):
    media = tmp_path_factory.mktemp("media")
    with media_settings(media), django_db_blocker.unblock(), transaction.atomic():
        for _line in load_demo(cover_width=TINY):
            pass
        yield media
        transaction.set_rollback(True)


@pytest.fixture
def loaded(_loaded, django_db_blocker, tmp_path):
    """The demonstration just loaded; gives the folder of files. Rows and files are put back after the test."""
    shutil.copytree(_loaded, tmp_path / "kept")
    with django_db_blocker.unblock(), transaction.atomic():
        yield _loaded
        transaction.set_rollback(True)
    shutil.rmtree(_loaded)
    shutil.copytree(tmp_path / "kept", _loaded)


@pytest.fixture
def few(monkeypatch):
    """A demonstration of three practices, two news and one collection, for tests that load it themselves."""
    from portal.demo import content

    read, practices = content.read, content.practices
    cut = {
        "news": slice(2),
        "collections": slice(1, 2),
        "organisations": slice(3),
        "events": slice(2),
        "contests": slice(4, 6),
        "documents": slice(2),
    }
    monkeypatch.setattr(content, "practices", lambda: practices()[:3])
    monkeypatch.setattr(content, "read", lambda name: read(name)[cut[name]] if name in cut else read(name))
