"""What every test may ask for: the site's tree, an empty cache, a browser."""

from __future__ import annotations

import os
import shutil
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import TransactionTestCase

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NO_BROWSER = (
    "Chromium не найден: проверки в браузере пропущены (установите chromium; REQUIRE_BROWSER=1 делает это ошибкой)"
)


def pytest_collection_modifyitems(items):
    """Put tests in the order that keeps several processes busy to the end.

    First what needs no database: it is being made meanwhile. Then what takes long: modules whose tests share a dear
    fixture and stay in one process for it (`--dist loadgroup`), journeys in a browser. The many short ones come last.
    """
    order = {}
    for item in items:
        names = set(item.fixturenames)
        if "site" in names:
            item.add_marker(pytest.mark.xdist_group(item.path.stem))
        order[item] = (needs_database(item), "site" not in names, "browser" not in names)
    items.sort(key=order.get)


def needs_database(item):
    names = {"db", "transactional_db", "live_server", "django_db_setup"}
    return bool(item.get_closest_marker("django_db") or names & set(item.fixturenames))


@pytest.fixture(scope="session", autouse=True)
def database_for_all(request):
    """The first of several processes makes the database at once, while the others do the tests that need none."""
    worker = getattr(request.config, "workerinput", {}).get("workerid")
    if worker == "gw0" and any(needs_database(item) for item in request.session.items):
        request.getfixturevalue("django_db_setup")


def pytest_terminal_summary(terminalreporter):
    if CHROMIUM is None:
        terminalreporter.write_line(NO_BROWSER)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_modify_db_settings, django_db_createdb, django_db_blocker):
    """The site as `setup_portal` leaves it; a test that commits for real has it put back in place of Django's flush."""
    from tests import databases

    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        databases.make_test_database(anew=django_db_createdb)
        cache.clear()
        patch.setattr(TransactionTestCase, "_fixture_setup", classmethod(lambda case: None))
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: databases.turn_back())
        yield
        databases.drop_test_database()


@pytest.fixture(autouse=True)
def empty_cache():
    """Nothing that one test cached reaches another."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def clocked_cache(settings):
    """A cache that goes by the clock that a test moves: a server such as Redis counts true seconds."""
    settings.CACHES = {**settings.CACHES, "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()


@pytest.fixture
def media(tmp_path, settings):
    """An empty place for uploaded files, gone after the test."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "portal.files.storage.PortalFileStorage",
            "OPTIONS": {"location": str(tmp_path / "media"), "base_url": "/media/"},
        },
        "private": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "private")},
        },
    }
    return tmp_path / "media"


@pytest.fixture
def root(db):
    """The root of the page tree."""
    from wagtail.models import Page

    return Page.get_first_root_node()


@pytest.fixture
def home(db):
    """The home page of the site; sections made by the setup are its children."""
    from portal.home.models import HomePage

    return HomePage.objects.get()


@pytest.fixture
def admin_user(db, django_user_model):
    """An administrator: a superuser with a confirmed address."""
    return django_user_model.objects.create_superuser(email="root@example.org", password="portal-test-2022")


@pytest.fixture
def admin_client(client, admin_user):
    client.force_login(admin_user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


@pytest.fixture(scope="session")
def browser():
    """The system's Chromium; without one the test is skipped and says so, or fails where a browser is required."""
    if CHROMIUM is None:
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(NO_BROWSER, pytrace=False)
        pytest.skip(NO_BROWSER)
    from playwright.sync_api import sync_playwright

    # Playwright's synchronous interface keeps an event loop in this thread, where Django would refuse its ORM.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()
    os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)


@pytest.fixture
def page(browser, live_server):
    """A fresh browser page on the live portal; a request to another host or an error in a script fails the test."""
    context = browser.new_context(
        base_url=live_server.url, reduced_motion="reduce", locale="ru-RU", viewport={"width": 1280, "height": 900}
    )
    context.set_default_timeout(10_000)
    foreign, errors = [], []
    own = urlsplit(live_server.url).netloc

    def watch(route):
        if urlsplit(route.request.url).netloc == own:
            route.continue_()
        else:
            foreign.append(route.request.url)
            route.abort()

    context.route("http*://**", watch)
    opened = context.new_page()
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    context.close()
    assert foreign == [], f"a page asked other hosts: {foreign}"
    assert errors == [], f"scripts failed: {errors}"
