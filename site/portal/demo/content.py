"""The demonstration's texts as they lie in YAML beside this module."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

CONTENT = Path(__file__).parent / "content"
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the first is ten times as fast and not always there


def read(name: str) -> Any:
    """Return what `content/<name>.yaml` holds."""
    return yaml.load((CONTENT / f"{name}.yaml").read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506 - both are safe


def practices() -> list[dict[str, Any]]:
    """Return the practices in the order of their keys."""
    rows = [read(f"practices/{path.stem}") for path in sorted((CONTENT / "practices").glob("*.yaml"))]
    return sorted(rows, key=lambda row: row["key"])
