"""Names of uploaded files as people see them again; on disk files have random names."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from portal.core.text import single_line

MAX_NAME = 120
_MAX_SUFFIX = 10
_FORBIDDEN = re.compile(r'[<>:"|?*]')  # Windows refuses them, and quotes would end a header early


def clean_filename(name: str) -> str:
    """Return a display name: NFC, no path, nothing invisible, Cyrillic kept, extension kept, at most 120 characters."""
    last = single_line(name.replace("\\", "/")).rpartition("/")[2]
    last = _FORBIDDEN.sub("_", last).strip(" .")
    suffix = suffix_of(last)
    stem = last[: len(last) - len(suffix)].strip(" .") or "файл"
    return stem[: MAX_NAME - len(suffix)].rstrip(" .") + suffix


def suffix_of(name: str) -> str:
    """Extension with its dot and in its own case, "" when there is none or it is no extension but a long tail."""
    suffix = PurePosixPath(f"x{name}").suffix
    return suffix if 1 < len(suffix) <= _MAX_SUFFIX and " " not in suffix else ""


def kind_of(filename: str) -> str:
    """Return the type of a file in capitals, as people call it: PDF, DOCX."""
    return suffix_of(filename)[1:].upper()
