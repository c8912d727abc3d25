"""Private files that no row speaks of any more: of deleted drafts, of an upload cut by a kill."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Model
from django.utils import timezone

from portal.intake.models.attachments import private_storage

YOUNGEST = timedelta(days=1)  # a file is written before its row

logger = logging.getLogger(__name__)


def delete_leftovers(folder: str, columns: Iterable[tuple[type[Model], str]]) -> int:
    """Delete private files of a folder that no row names and that are older than a day; return how many.

    A duty of the worker. `columns` are the models whose files lie in the folder, with the names of their columns: every kind of
    application must be among them.
    """
    storage = private_storage()
    try:
        _folders, names = storage.listdir(folder)
    except FileNotFoundError:
        return 0
    known = {name for model, column in columns for name in model._default_manager.values_list(column, flat=True)}
    done = 0
    for name in names:
        path = f"{folder}/{name}"
        if path in known:
            continue
        try:
            if storage.get_modified_time(path) < timezone.now() - YOUNGEST:
                storage.delete(path)
                done += 1
        except OSError:
            logger.warning("File %s could not be deleted", path, exc_info=True)
    return done
