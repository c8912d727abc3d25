"""Settings of the test suite: fast hashers, cache in memory, tasks at once; services by URL as everywhere."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

_worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
# Two clones tested at once on one machine must not share files.
_clone = hashlib.sha256(str(Path(__file__).resolve()).encode()).hexdigest()[:10]
os.environ["VAR_DIR"] = str(Path(tempfile.gettempdir()) / f"portal-tests-{os.getuid()}-{_clone}" / _worker)
os.environ.setdefault("TASKS", "immediate")

from portal.settings.base import *  # noqa: E402, F403
from portal.settings.base import CACHES, DATABASES, STORAGES, VAR_DIR, env  # noqa: E402

SECRET_KEY = "tests-only-" + "0123456789" * 5
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
SITE_URL = "http://testserver"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LETTERS_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MFA_REQUIRED = False
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True
if not env.str("CACHE_URL", default=""):
    CACHES["default"] = {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
else:
    # Clearing a Redis cache empties its whole numbered database, so each test process gets its own.
    _number = int(_worker.removeprefix("gw")) + 1 if _worker.startswith("gw") else 0
    CACHES["default"]["LOCATION"] = urlsplit(CACHES["default"]["LOCATION"])._replace(path=f"/{_number}").geturl()
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: threads of live servers share it, and WAL behaves as in production.
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["NAME"] = str(VAR_DIR / "main.sqlite3")
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
