"""One load of the demonstration for a whole module of tests; each test works in a savepoint over it."""

from __future__ import annotations

import shutil
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.test import override_settings

from portal.demo.load import load_demo
from tests import databases

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


@contextmanager
def demonstration(name, lines, folder):
    """Stand the test database on what `lines` load, made once for all processes; gives the folder of files.

    As in a test, what waits for a commit is not run.
    """

    def make():
        with transaction.atomic():
            for _line in lines():
                pass
            connection.run_on_commit.clear()

    with media_settings(folder):
        databases.turn_to(name, make, folder)
        with transaction.atomic():
            yield folder
            transaction.set_rollback(True)
        databases.turn_back()


@pytest.fixture(scope="module")
def _loaded(django_db_setup, django_db_blocker, tmp_path_factory):
    folder = tmp_path_factory.mktemp("media")
    with (
        django_db_blocker.unblock(),
        demonstration("demonstration", lambda: load_demo(cover_width=TINY), folder) as media,
    ):
        yield media


@pytest.fixture
def loaded(_loaded, django_db_blocker, tmp_path):
    """The demonstration just loaded; gives the folder of files. Rows and files are put back after the test."""
    shutil.copytree(_loaded, tmp_path / "kept")
    with django_db_blocker.unblock(), transaction.atomic():
        yield _loaded
        transaction.set_rollback(True)
    shutil.rmtree(_loaded)
    shutil.copytree(tmp_path / "kept", _loaded)


def cut_short(patch):
    """Leave three practices, two news and one collection of what is written."""
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
    patch.setattr(content, "practices", lambda: practices()[:3])
    patch.setattr(content, "read", lambda name: read(name)[cut[name]] if name in cut else read(name))


@pytest.fixture
def few(monkeypatch):
    """A demonstration of three practices, two news and one collection, for tests that load it themselves."""
    cut_short(monkeypatch)
