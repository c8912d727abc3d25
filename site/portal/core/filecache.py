"""Django's file cache made fit for whole pages: bounded by bytes, pruned, and not counted at every write.

Django lists the folder before each write, which at 100,000 files costs more than the page saved, keeps expired files
until somebody asks for them, and bounds only their number.
"""

from __future__ import annotations

import os
import pickle
import random
import time
import zlib
from pathlib import Path
from typing import Any, BinaryIO

from django.core.cache.backends.filebased import FileBasedCache

WRITES_PER_CHECK = 200


class PortalFileCache(FileBasedCache):
    """A file cache that holds at most MAX_ENTRIES files and about `max_bytes` (an option) bytes."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        options = dict(params.get("OPTIONS", {}))
        self._max_bytes = int(options.pop("max_bytes", 512 * 1024 * 1024))
        super().__init__(location, {**params, "OPTIONS": options})

    def _write_content(self, file: BinaryIO, timeout: float | None, value: Any) -> None:
        # Level 1: pages come compressed already, more effort only burns time.
        file.write(pickle.dumps(self.get_backend_timeout(timeout), self.pickle_protocol))
        file.write(zlib.compress(pickle.dumps(value, self.pickle_protocol), 1))

    def _cull(self) -> None:
        if random.randrange(WRITES_PER_CHECK) == 0:  # noqa: S311 (a rare check, not a secret)
            self.prune()

    def prune(self) -> int:
        """Delete expired files, then the oldest ones until the bounds hold; return how many went."""
        kept: list[tuple[float, int, str]] = []
        removed = 0
        for name in self._list_cache_files():  # type: ignore[attr-defined]
            path = Path(name)
            try:
                with path.open("rb") as file:
                    expired = self._expires(file) < time.time()
                status = path.stat()
            except (OSError, EOFError, pickle.UnpicklingError):
                continue  # replaced or removed by another process meanwhile
            if expired:
                removed += self._delete(name)
            else:
                kept.append((status.st_mtime, status.st_size, name))
        kept.sort()
        size = sum(entry[1] for entry in kept)
        while kept and (len(kept) > self._max_entries or size > self._max_bytes):
            _, bytes_freed, name = kept.pop(0)
            size -= bytes_freed
            removed += self._delete(name)
        return removed

    @staticmethod
    def _expires(file: BinaryIO) -> float:
        expires = pickle.load(file)  # noqa: S301 (a file this process's own user wrote, as Django reads it)
        return float("inf") if expires is None else expires

    def _delete(self, fname: str) -> bool:
        try:
            os.remove(fname)  # noqa: PTH107 (Django hands names, not paths)
        except FileNotFoundError:
            return False
        return True
