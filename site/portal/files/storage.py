"""Files on the server's own disk."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage


class PortalFileStorage(FileSystemStorage):
    """Django's storage under which a name holds a whole file or nothing: a full disk leaves no half of one."""

    def _save(self, name: str, content: Any) -> str:
        partial = f"{name}.{secrets.token_hex(8)}.part"
        try:
            super()._save(partial, content)  # type: ignore[misc]
        except OSError:
            self.delete(partial)
            raise
        while True:
            try:
                Path(self.path(name)).hardlink_to(self.path(partial))  # refuses a taken name, unlike a rename
            except FileExistsError:
                name = self.get_available_name(name)
            else:
                self.delete(partial)
                return name
