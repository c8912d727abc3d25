"""The regular duties of the library of files."""

from __future__ import annotations

from portal.core.ticks import every
from portal.files import scans

every(1)(scans.look_for_scans)
