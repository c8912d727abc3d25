"""The portal as the benchmark serves it: one process answers in several ways, so that all share one server.

The header X-Bench chooses the way: `hello` (what `startproject` gives: its middleware and one view), `portal` (the
page cache off), `first` (like `portal`, but answers of the search index are not kept), `cached` (the page cache on).
With X-Bench-Count the answer tells how many queries it took.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.settings")

import django  # noqa: E402

django.setup(set_prefix=False)

from django.core.cache import cache  # noqa: E402
from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.db import connection  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.test.utils import override_settings  # noqa: E402
from django.urls import path  # noqa: E402

from portal.core import versions  # noqa: E402

STARTPROJECT = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]


def hello(request):
    """The unit of all measures."""
    return HttpResponse("hello")


urlpatterns = [path("hello/", hello)]


class HelloHandler(WSGIHandler):
    """A Django project of one view."""

    def get_response(self, request):
        request.urlconf = __name__
        return super().get_response(request)


class _ForgettingSearch:
    """The cache of `versions` without what the search index has answered before."""

    def __getattr__(self, name):
        return getattr(cache, name)

    def get(self, key, *args):
        return None if ":search-" in key or ":practices-found:" in key else cache.get(key, *args)


def _hello_handler():
    with override_settings(MIDDLEWARE=STARTPROJECT):
        return HelloHandler()


def _portal_handler(*, page_cache):
    with override_settings(PAGE_CACHE=page_cache):
        return WSGIHandler()


HANDLERS = {
    "hello": _hello_handler(),
    "portal": _portal_handler(page_cache=False),
    "cached": _portal_handler(page_cache=True),
}


def application(environ, start_response):
    """Answer in the way that X-Bench names."""
    way = environ.get("HTTP_X_BENCH", "portal")
    versions.cache = _ForgettingSearch() if way == "first" else cache
    handler = HANDLERS["portal" if way == "first" else way]
    if "HTTP_X_BENCH_COUNT" not in environ:
        return handler(environ, start_response)
    count = 0

    def counting(execute, *args):
        nonlocal count
        count += 1
        return execute(*args)

    def start(status, headers, *args):
        return start_response(status, [*headers, ("X-SQL", str(count))], *args)

    with connection.execute_wrapper(counting):
        return handler(environ, start)
