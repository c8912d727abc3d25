"""Settings of a developer's machine: debug pages, source files instead of bundles."""

from __future__ import annotations

from portal.settings.base import *  # noqa: F403
from portal.settings.base import env

DEBUG = env.bool("DEBUG", default=True)
SECRET_KEY = env.str("SECRET_KEY", default="only-for-development-never-for-people-0123456789")
MFA_REQUIRED = env.bool("MFA_REQUIRED", default=False)
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
