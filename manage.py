#!/usr/bin/env python
"""The portal's single entry point for commands."""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent


def main() -> None:
    sys.path.insert(0, str(ROOT / "site"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 (needs sys.path first)

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
