"""Private files that no row speaks of any more: of deleted drafts, of an upload cut by a kill."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone

from portal.intake.models import Attachment
from portal.intake.models.attachments import FOLDER, private_storage

YOUNGEST = timedelta(days=1)  # a file is written before its row

logger = logging.getLogger(__name__)


def delete_leftovers(models: Iterable[type[Attachment]]) -> int:
    """Delete files of the intake's folder that no row of `models` names and that are older than a day; return how many.

    A duty of the worker; every kind of application must be among `models`.
    """
    storage = private_storage()
    try:
        _folders, names = storage.listdir(FOLDER)
    except FileNotFoundError:
        return 0
    known = {name for model in models for name in model._default_manager.values_list("file", flat=True).iterator()}
    done = 0
    for name in names:
        path = f"{FOLDER}/{name}"
        if path in known:
            continue
        try:
            if storage.get_modified_time(path) < timezone.now() - YOUNGEST:
                storage.delete(path)
                done += 1
        except OSError:
            logger.warning("File %s could not be deleted", path, exc_info=True)
    return done
