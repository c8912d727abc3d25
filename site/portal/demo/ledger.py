"""Each piece of demonstration is loaded in one transaction together with the note that it was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from portal.demo.models import DemoLoad


class Ledger:
    """The notes of what was loaded, read once."""

    def __init__(self) -> None:
        self.keys = set(DemoLoad.objects.values_list("key", flat=True))
        self.made = 0

    def is_due(self, key: str) -> bool:
        """Tell whether the piece was never loaded."""
        return key not in self.keys

    @contextmanager
    def unit(self, key: str) -> Iterator[bool]:
        """Yield whether the piece is due; what is made inside is committed with its note or not at all.

        A kill in the middle leaves neither, so the next run makes the piece; a piece that people deleted stays deleted.
        """
        if not self.is_due(key):
            yield False
            return
        with transaction.atomic():
            yield True
            DemoLoad.objects.create(key=key)
        self.keys.add(key)
        self.made += 1
