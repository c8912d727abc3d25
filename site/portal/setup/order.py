"""What a real start needs, app by app in the order of their dependencies; never demonstration, never an edit undone."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec

from django.db import transaction

from portal.setup import agreement, groups

# Each app keeps its rows beside its models as `<app>/setup.py`; an app without such a module needs none.
APPS = (
    "portal.vocabularies",
    "portal.organisations",
    "portal.core",
    "portal.accounts",
    "portal.files",
    "portal.home",
    "practices",
    "contests",
    "events",
    "portal.roadmap",
    "portal.documents",
    "portal.news",
    "portal.directory",
    "portal.desk",
)


def run_setup() -> Iterator[str]:
    """Make what is missing and yield a line of report for each thing made; safe to repeat and to interrupt.

    Each app is one transaction: a kill in the middle leaves whole apps, and the next run goes on from there.
    """
    for app in APPS:
        if find_spec(f"{app}.setup") is None:
            continue
        with transaction.atomic():
            lines = list(import_module(f"{app}.setup").setup())
        yield from lines
    for part in (groups, agreement):
        with transaction.atomic():
            lines = list(part.setup())
        yield from lines
