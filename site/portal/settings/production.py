"""Settings of a served portal; a missing required variable stops the start with its name."""

from __future__ import annotations

from portal.settings.base import *  # noqa: F403
from portal.settings.base import env

SECRET_KEY = env.str("SECRET_KEY")
SITE_URL = env.str("SITE_URL").rstrip("/")
DEBUG = env.bool("DEBUG", default=False)
