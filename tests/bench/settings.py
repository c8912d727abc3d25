"""Production settings for the benchmark; static files are shared by the banks of all sizes."""

from __future__ import annotations

import os

from portal.settings.production import *  # noqa: F403

STATIC_ROOT = os.environ["BENCH_STATIC"]
# A demonstration is built by one process: what it queues is nobody's to wait for.
TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
