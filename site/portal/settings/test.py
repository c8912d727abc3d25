"""Settings of the test suite: fast hashers, cache in memory, tasks at once; services by URL as everywhere."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

_worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
os.environ.setdefault("VAR_DIR", str(Path(tempfile.gettempdir()) / f"portal-tests-{os.getuid()}" / _worker))
os.environ.setdefault("TASKS", "immediate")

from portal.settings.base import *  # noqa: E402, F403
from portal.settings.base import CACHES, DATABASES, STORAGES, VAR_DIR, env  # noqa: E402

SECRET_KEY = "tests-only-" + "0123456789" * 5
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
SITE_URL = "http://testserver"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MFA_REQUIRED = False
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True
if not env.str("CACHE_URL", default=""):
    CACHES["default"] = {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
else:
    CACHES["default"]["KEY_PREFIX"] = f"test-{_worker}"
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: threads of live servers share it, and WAL behaves as in production.
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["NAME"] = str(VAR_DIR / "main.sqlite3")
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
